package dev.sluice.benchmarks.runner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One kind of work.
 *
 * @param path what is asked for, below the server's base path
 * @param connections how many keep-alive connections ask at once
 * @param tool what asks
 * @param script a wrk script in Lua, or empty
 * @param shedding answers 503 are expected (they do not count as errors, only as no goodput)
 * @param settings what Sluice is told beyond its defaults, as {@code key=value}
 */
record Row(
        String name,
        String title,
        String path,
        int connections,
        Tool tool,
        String script,
        boolean shedding,
        List<String> settings) {

    /** What asks: wrk, h2load with HTTP/2, or clients that ask again a while after a 503. */
    enum Tool {
        WRK,
        H2LOAD,
        PATIENT
    }

    /** What {@link #OVERLOAD} must be compared with. */
    static final String LOADED = "loaded";

    /** The work of {@link #LOADED} from ten times the connections. */
    static final String OVERLOAD = "overload";

    private static final String PERMITS = "applications.bench.permits=";
    private static final List<String> LIMITED = List.of(PERMITS + 64, "applications.bench.queue=64");

    static final List<Row> ALL = List.of(
            row("hello", "hello servlet, 64 connections", "/hello", 64),
            row("hello256", "hello servlet, 256 connections", "/hello", 256),
            row("handler", "hello handler, 64 connections", "@handler", 64),
            row("fixed", "fixed response, 64 connections", "@fixed", 64),
            row("static1k", "static file of 1 KiB, 64 connections", "/1k.txt", 64),
            row("static1m", "static file of 1 MiB, 16 connections", "/1m.bin", 16),
            row("json", "JSON of 50 keys with CPU work, 64 connections", "/json", 64),
            row("echo", "POST of 10 KB echoed, 64 connections", "/echo", 64)
                    .scripted("wrk.method = 'POST'\nwrk.body = string.rep('0123456789', 1000)\n"
                            + "wrk.headers['Content-Type'] = 'application/octet-stream'\n"),
            row("blocking", "wait of 50 ms, 256 connections", "/blocking", 256),
            row("blocking1000", "wait of 20 ms, 1,000 connections", "/wait", 1_000)
                    .set(PERMITS + 2_048),
            row("events", "1,000 server-sent events, 16 connections", "/events", 16),
            row("http2", "hello servlet, HTTP/2, 16 connections of 16 streams", "/hello", 16)
                    .by(Tool.H2LOAD),
            row(LOADED, "one of 64 database connections for 20 ms, 64 connections", "/database", 64)
                    .by(Tool.PATIENT)
                    .set(LIMITED),
            row(OVERLOAD, "the same from ten times the connections", "/database", 640)
                    .by(Tool.PATIENT)
                    .shed()
                    .set(LIMITED));

    private static Row row(String name, String title, String path, int connections) {
        return new Row(name, title, path, connections, Tool.WRK, "", false, List.of());
    }

    private Row by(Tool other) {
        return new Row(name, title, path, connections, other, script, shedding, settings);
    }

    private Row scripted(String lua) {
        return new Row(name, title, path, connections, tool, lua, shedding, settings);
    }

    private Row shed() {
        return new Row(name, title, path, connections, tool, script, true, settings);
    }

    private Row set(List<String> others) {
        return new Row(name, title, path, connections, tool, script, shedding, others);
    }

    private Row set(String other) {
        return set(List.of(other));
    }

    /** The rows by name, in the order of {@link #ALL}; an unknown name is refused. */
    static List<Row> named(Set<String> names) {
        Set<String> known = names();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "row: " + name + " (expected: one of " + String.join(", ", known) + ", startup, memory, syscalls)");
        });
        return ALL.stream().filter(row -> names.contains(row.name())).toList();
    }

    static Set<String> names() {
        return ALL.stream().map(Row::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
