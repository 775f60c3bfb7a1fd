package dev.sluice.benchmarks.runner;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One kind of work.
 *
 * @param path what is asked for, below the server's base path
 * @param connections how many keep-alive connections ask at once
 * @param script a wrk script in Lua, or empty
 * @param shedding answers 503 are expected (they do not count as errors, only as no goodput)
 * @param streams 0 for HTTP/1.1; otherwise HTTP/2 without TLS, with so many streams at once on each connection
 */
record Row(String name, String title, String path, int connections, String script, boolean shedding, int streams) {
    /** What {@link #PEAK} must be compared with. */
    static final String OVERLOAD = "overload";

    /** The same work as {@link #OVERLOAD}, within capacity. */
    static final String PEAK = "json";

    static final List<Row> ALL = List.of(
            new Row("hello", "hello servlet, 64 connections", "/hello", 64, "", false, 0),
            new Row("hello256", "hello servlet, 256 connections", "/hello", 256, "", false, 0),
            new Row("handler", "hello handler, 64 connections", "@handler", 64, "", false, 0),
            new Row("fixed", "fixed response, 64 connections", "@fixed", 64, "", false, 0),
            new Row("static1k", "static file of 1 KiB", "/1k.txt", 64, "", false, 0),
            new Row("static1m", "static file of 1 MiB", "/1m.bin", 16, "", false, 0),
            new Row("json", "JSON of 50 keys with CPU work", "/json", 64, "", false, 0),
            new Row(
                    "echo",
                    "POST of 10 KB echoed",
                    "/echo",
                    64,
                    "wrk.method = 'POST'\nwrk.body = string.rep('0123456789', 1000)\n"
                            + "wrk.headers['Content-Type'] = 'application/octet-stream'\n",
                    false,
                    0),
            new Row("blocking", "wait of 50 ms, 256 connections", "/blocking", 256, "", false, 0),
            new Row("events", "1,000 server-sent events", "/events", 16, "", false, 0),
            new Row("http2", "hello servlet, HTTP/2, 16 connections of 16 streams", "/hello", 16, "", false, 16),
            new Row(OVERLOAD, "JSON at ten times the connections", "/json", 640, "", true, 0));

    /** The rows by name, in the order of {@link #ALL}; an unknown name is refused. */
    static List<Row> named(Set<String> names) {
        Set<String> known = ALL.stream().map(Row::name).collect(Collectors.toSet());
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("row: " + name + " (expected: one of "
                    + ALL.stream().map(Row::name).collect(Collectors.joining(", ")) + ", startup, memory, syscalls)");
        });
        return ALL.stream().filter(row -> names.contains(row.name())).toList();
    }

    static Set<String> names() {
        return Arrays.stream(ALL.toArray(Row[]::new)).map(Row::name).collect(Collectors.toSet());
    }
}
