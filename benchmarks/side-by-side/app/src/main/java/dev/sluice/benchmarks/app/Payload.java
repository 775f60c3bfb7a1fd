package dev.sluice.benchmarks.app;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every server of a run answers, so that all do the same work. */
public final class Payload {
    /** The hello text. */
    public static final String HELLO = "hello, world\n";

    /** {@link #HELLO} as bytes. */
    public static final byte[] HELLO_BYTES = HELLO.getBytes(StandardCharsets.US_ASCII);

    /** How long the blocking row waits, in milliseconds: a wait on a database. */
    public static final long BLOCKING_MILLISECONDS = 50;

    /** How long the rows of many waiting connections and of overload wait, in milliseconds. */
    public static final long WAIT_MILLISECONDS = 20;

    /** How many connections the database of the overload row has: its capacity is that many in each wait. */
    public static final int DATABASE_CONNECTIONS = 64;

    /** How many events the row of server-sent events sends. */
    public static final int EVENTS = 1_000;

    private Payload() {}

    /** A JSON object of 50 keys, with some arithmetic for each. */
    public static String json() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int key = 0; key < 50; key++) {
            double value = key;
            for (int round = 0; round < 40; round++) {
                value = Math.sqrt(value * value + round);
            }
            values.put("key" + key, value);
        }
        StringBuilder json = new StringBuilder(2_048).append('{');
        values.forEach((key, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(key)
                .append("\":")
                .append(value));
        return json.append("}\n").toString();
    }

    /** The event at an index. */
    public static String event(int index) {
        return "data: {\"event\":" + index + "}\n\n";
    }
}
