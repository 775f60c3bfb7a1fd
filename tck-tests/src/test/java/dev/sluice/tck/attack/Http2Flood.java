package dev.sluice.tck.attack;

import static dev.sluice.tck.attack.Http2Wire.CONTINUATION;
import static dev.sluice.tck.attack.Http2Wire.DATA;
import static dev.sluice.tck.attack.Http2Wire.END_HEADERS;
import static dev.sluice.tck.attack.Http2Wire.END_STREAM;
import static dev.sluice.tck.attack.Http2Wire.HEADERS;
import static dev.sluice.tck.attack.Http2Wire.PING;
import static dev.sluice.tck.attack.Http2Wire.PREFACE;
import static dev.sluice.tck.attack.Http2Wire.PRIORITY;
import static dev.sluice.tck.attack.Http2Wire.RST_STREAM;
import static dev.sluice.tck.attack.Http2Wire.SETTINGS;
import static dev.sluice.tck.attack.Http2Wire.WINDOW_UPDATE;
import static dev.sluice.tck.attack.Http2Wire.frame;
import static dev.sluice.tck.attack.Http2Wire.get;
import static dev.sluice.tck.attack.Http2Wire.integer;
import static dev.sluice.tck.attack.Http2Wire.join;
import static dev.sluice.tck.attack.Http2Wire.request;
import static dev.sluice.tck.attack.Http2Wire.setting;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Floods and bombs on one connection: the server ends it, or goes on with it, and serves others meanwhile.
 *
 * @param ends whether the connection has to end
 * @param first what is sent once
 * @param part what is sent again and again
 */
record Http2Flood(String name, boolean ends, int count, byte[] first, IntFunction<byte[]> part) {
    private static final int MANY = 20_000;
    private static final byte[] POST = frame(HEADERS, END_HEADERS, 1, request("POST", "/app/echo"));
    private static final byte[] NONE = {};

    private static final byte[] BEGUN = frame(HEADERS, END_STREAM, 1, request("GET", "/app/hello"));
    private static final byte[] FIELD = {0, 1, 'x', 1, 'y'};
    private static final byte[] BYTES = get(1, "/app/bytes/1000000");

    static List<Http2Flood> all() {
        return Stream.of(streams(), smallFrames(), answers())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Http2Flood> streams() {
        return List.of(
                new Http2Flood(
                        "rapid reset (CVE-2023-44487)",
                        true,
                        MANY,
                        NONE,
                        i -> join(get(2 * i + 1, "/app/hello"), frame(RST_STREAM, 0, 2 * i + 1, integer(8)))),
                new Http2Flood(
                        "made you reset by windows (CVE-2025-8671)",
                        true,
                        MANY,
                        NONE,
                        i -> join(get(2 * i + 1, "/app/hello"), frame(WINDOW_UPDATE, 0, 2 * i + 1, integer(0)))),
                new Http2Flood(
                        "made you reset by lengths",
                        true,
                        MANY,
                        NONE,
                        i -> join(get(2 * i + 1, "/app/hello"), frame(DATA, 0, 2 * i + 1, new byte[1]))),
                new Http2Flood(
                        "made you reset by malformed requests",
                        true,
                        MANY,
                        NONE,
                        i -> frame(
                                HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, request("GET", "/app/hello", "X", "y"))),
                new Http2Flood(
                        "settings (CVE-2019-9515)",
                        true,
                        MANY,
                        NONE,
                        i -> frame(SETTINGS, 0, 0, setting(3, 100 + i % 2))));
    }

    private static List<Http2Flood> smallFrames() {
        return List.of(
                new Http2Flood("empty settings", true, MANY, NONE, i -> frame(SETTINGS, 0, 0)),
                new Http2Flood("pings (CVE-2019-9512)", true, MANY, NONE, i -> frame(PING, 0, 0, new byte[8])),
                new Http2Flood(
                        "priorities (CVE-2019-9513)",
                        true,
                        MANY,
                        NONE,
                        i -> frame(PRIORITY, 0, 2 * i + 3, new byte[5])),
                new Http2Flood("empty frames of data (CVE-2019-9518)", true, MANY, POST, i -> frame(DATA, 0, 1)),
                new Http2Flood("padding alone", true, MANY, POST, i -> frame(DATA, Http2Wire.PADDED, 1, new byte[1])),
                new Http2Flood(
                        "continuations (CVE-2024-27316)", true, MANY, BEGUN, i -> frame(CONTINUATION, 0, 1, FIELD)),
                new Http2Flood("empty continuations", true, MANY, BEGUN, i -> frame(CONTINUATION, 0, 1)),
                new Http2Flood(
                        "window updates of one",
                        true,
                        MANY,
                        NONE,
                        i -> repeated(frame(WINDOW_UPDATE, 0, 0, integer(1)), 100)),
                new Http2Flood("unknown frames", true, 200, NONE, i -> repeated(frame(0xEE, 0, 0), 100)));
    }

    private static List<Http2Flood> answers() {
        return List.of(
                new Http2Flood(
                        "resets of closed streams",
                        true,
                        MANY,
                        get(1, "/app/hello"),
                        i -> frame(RST_STREAM, 0, 1, integer(8))),
                new Http2Flood(
                        "streams that never end",
                        false,
                        1_600,
                        NONE,
                        i -> frame(HEADERS, END_HEADERS, 2 * i + 1, request("POST", "/app/echo"))),
                new Http2Flood(
                        "answers that nobody takes (CVE-2019-9517)",
                        false,
                        400,
                        NONE,
                        i -> get(2 * i + 1, "/app/BYTES/1000000")),
                new Http2Flood(
                        "answers for windows of nothing (CVE-2019-9511)",
                        false,
                        400,
                        frame(SETTINGS, 0, 0, setting(4, 0)),
                        i -> get(2 * i + 1, "/app/BYTES/1000000")),
                new Http2Flood(
                        "windows of a byte",
                        false,
                        5_000,
                        join(frame(SETTINGS, 0, 0, setting(4, 0)), BYTES),
                        i -> frame(WINDOW_UPDATE, 0, 1, integer(1))),
                new Http2Flood(
                        "a bomb of the header table (CVE-2016-6581)",
                        true,
                        1,
                        NONE,
                        i -> frame(HEADERS, END_HEADERS | END_STREAM, 1, bomb())));
    }

    private static byte[] repeated(byte[] frame, int count) {
        byte[][] frames = new byte[count][];
        Arrays.fill(frames, frame);
        return join(frames);
    }

    /** One large field goes into the table, then one byte for each of many copies of it. */
    private static byte[] bomb() {
        byte[] value = new byte[3_900];
        Arrays.fill(value, (byte) 'v');
        byte[] copies = new byte[10_000];
        Arrays.fill(copies, (byte) (0x80 | 62));
        byte[] head = {0x40, 1, 'x', 0x7F, (byte) (0x80 | 3_773 & 0x7F), 3_773 >> 7};
        return join(request("GET", "/app/hello"), head, value, copies);
    }

    /** Empty if the server withstands. */
    String fault(int port) throws IOException, InterruptedException {
        try (Http2Wire wire = new Http2Wire(port)) {
            wire.send(join(PREFACE, frame(SETTINGS, 0, 0), first));
            for (int i = 0; i < count && !wire.ended(); i++) {
                if (!wire.send(part.apply(i))) {
                    break;
                }
            }
            String others = served(port);
            if (!others.isEmpty()) {
                return others;
            }
            // A bomb may cost its stream only.
            boolean over = wire.await(
                            frame -> frame.type() == Http2Wire.GOAWAY || count == 1 && frame.type() == RST_STREAM, 30)
                    || wire.ended();
            return ends && !over ? "the connection goes on" : "";
        }
    }

    private static String served(int port) throws IOException, InterruptedException {
        try (Http2Wire other = new Http2Wire(port)) {
            other.send(join(PREFACE, frame(SETTINGS, 0, 0), get(1, "/app/next")));
            return other.await(frame -> frame.type() == HEADERS, 30) ? "" : "others are not served";
        }
    }
}
