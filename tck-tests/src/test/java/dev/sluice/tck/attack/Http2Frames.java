package dev.sluice.tck.attack;

import static dev.sluice.tck.attack.Http2Wire.ACK;
import static dev.sluice.tck.attack.Http2Wire.CONTINUATION;
import static dev.sluice.tck.attack.Http2Wire.DATA;
import static dev.sluice.tck.attack.Http2Wire.END_HEADERS;
import static dev.sluice.tck.attack.Http2Wire.END_STREAM;
import static dev.sluice.tck.attack.Http2Wire.GOAWAY;
import static dev.sluice.tck.attack.Http2Wire.HEADERS;
import static dev.sluice.tck.attack.Http2Wire.PADDED;
import static dev.sluice.tck.attack.Http2Wire.PING;
import static dev.sluice.tck.attack.Http2Wire.PREFACE;
import static dev.sluice.tck.attack.Http2Wire.PRIORITIZED;
import static dev.sluice.tck.attack.Http2Wire.PRIORITY;
import static dev.sluice.tck.attack.Http2Wire.PUSH_PROMISE;
import static dev.sluice.tck.attack.Http2Wire.RST_STREAM;
import static dev.sluice.tck.attack.Http2Wire.SETTINGS;
import static dev.sluice.tck.attack.Http2Wire.WINDOW_UPDATE;
import static dev.sluice.tck.attack.Http2Wire.frame;
import static dev.sluice.tck.attack.Http2Wire.get;
import static dev.sluice.tck.attack.Http2Wire.integer;
import static dev.sluice.tck.attack.Http2Wire.join;
import static dev.sluice.tck.attack.Http2Wire.request;
import static dev.sluice.tck.attack.Http2Wire.setting;

import dev.sluice.tck.attack.Http2Case.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Frames that break RFC 9113, 3 to 6, and RFC 7541. */
final class Http2Frames {
    private static final int[] ANY = {};
    private static final int[] PROTOCOL = {1};
    private static final int[] FLOW = {3};
    private static final int[] CLOSED = {1, 5};
    private static final int[] SIZE = {6, 1};
    private static final int[] COMPRESSION = {9};
    private static final byte[] HELLO = request("GET", "/app/hello");
    private static final byte[] POST = frame(HEADERS, END_HEADERS, 1, request("POST", "/app/echo"));

    private final List<Http2Case> cases = new ArrayList<>();

    private Http2Frames() {}

    static List<Http2Case> all() {
        Http2Frames all = new Http2Frames();
        all.beginnings();
        all.settings();
        all.sizes();
        all.states();
        all.windows();
        all.padding();
        all.blocks();
        all.compression();
        return all.cases;
    }

    private void add(String group, String name, Kind kind, int[] codes, byte[]... frames) {
        cases.add(Http2Case.of(group, name, kind, codes, frames));
    }

    private static byte[] hello(int stream) {
        return get(stream, "/app/hello");
    }

    private void beginnings() {
        byte[][] first = {
            frame(PING, 0, 0, new byte[8]),
            hello(1),
            frame(DATA, 0, 1),
            frame(WINDOW_UPDATE, 0, 0, integer(1)),
            frame(GOAWAY, 0, 0, new byte[8]),
            frame(0xEE, 0, 0)
        };
        for (byte[] each : first) {
            cases.add(Http2Case.raw(
                    "beginning", "type " + each[3] + " instead of SETTINGS", Kind.CONNECTION, PROTOCOL, PREFACE, each));
        }
        cases.add(Http2Case.raw("beginning", "half a preface", Kind.CONNECTION, ANY, Arrays.copyOf(PREFACE, 20)));
        cases.add(Http2Case.raw("beginning", "a preface and nothing more", Kind.CONNECTION, ANY, PREFACE));
        cases.add(Http2Case.raw(
                "beginning", "half a head of a frame", Kind.CONNECTION, ANY, PREFACE, new byte[] {0, 0, 0, 4}));
        add("beginning", "half a frame", Kind.CONNECTION, ANY, Arrays.copyOf(hello(1), 20));
        add("beginning", "nothing after settings", Kind.CONNECTION, ANY);
        add("beginning", "half a header block", Kind.CONNECTION, ANY, frame(HEADERS, END_STREAM, 1, HELLO));
    }

    private void settings() {
        for (int length : new int[] {1, 5, 7, 11}) {
            add("settings", length + " bytes", Kind.CONNECTION, SIZE, frame(SETTINGS, 0, 0, new byte[length]));
        }
        add("settings", "on a stream", Kind.CONNECTION, PROTOCOL, frame(SETTINGS, 0, 1, setting(4, 1)));
        add(
                "settings",
                "an acknowledgement with payload",
                Kind.CONNECTION,
                SIZE,
                frame(SETTINGS, ACK, 0, setting(4, 1)));
        for (long push : new long[] {2, 0xFFFF_FFFFL}) {
            add("settings", "push " + push, Kind.CONNECTION, PROTOCOL, frame(SETTINGS, 0, 0, setting(2, push)));
        }
        for (long window : new long[] {1L << 31, 0xFFFF_FFFFL}) {
            add("settings", "window " + window, Kind.CONNECTION, FLOW, frame(SETTINGS, 0, 0, setting(4, window)));
        }
        for (long size : new long[] {0, 16_383, 1 << 24, 0xFFFF_FFFFL}) {
            add("settings", "frame size " + size, Kind.CONNECTION, PROTOCOL, frame(SETTINGS, 0, 0, setting(5, size)));
        }
        for (int unknown : new int[] {0, 7, 0x0A0A, 0xFFFF}) {
            add("settings", "unknown " + unknown, Kind.FINE, ANY, frame(SETTINGS, 0, 0, setting(unknown, 1)), hello(1));
        }
        add("settings", "no table", Kind.FINE, ANY, frame(SETTINGS, 0, 0, setting(1, 0)), hello(1));
        add("settings", "the largest table", Kind.FINE, ANY, frame(SETTINGS, 0, 0, setting(1, 0xFFFF_FFFFL)), hello(1));
        add("settings", "no streams of the server", Kind.FINE, ANY, frame(SETTINGS, 0, 0, setting(3, 0)), hello(1));
        add("settings", "the largest frames", Kind.FINE, ANY, frame(SETTINGS, 0, 0, setting(5, 0xFF_FFFF)), hello(1));
    }

    private void sizes() {
        byte[] large = new byte[16_385];
        add("size", "DATA too large", Kind.EITHER, SIZE, POST, frame(DATA, 0, 1, large));
        for (int type : new int[] {HEADERS, SETTINGS, PING, CONTINUATION, 0xEE}) {
            int stream = type == HEADERS || type == CONTINUATION ? 1 : 0;
            add("size", "type " + type + " too large", Kind.CONNECTION, SIZE, frame(type, END_HEADERS, stream, large));
        }
        for (int length : new int[] {0, 7, 9}) {
            add("size", "PING of " + length, Kind.CONNECTION, SIZE, frame(PING, 0, 0, new byte[length]));
        }
        for (int length : new int[] {0, 3, 5}) {
            add(
                    "size",
                    "RST_STREAM of " + length,
                    Kind.CONNECTION,
                    SIZE,
                    POST,
                    frame(RST_STREAM, 0, 1, new byte[length]));
            add(
                    "size",
                    "WINDOW_UPDATE of " + length,
                    Kind.CONNECTION,
                    SIZE,
                    frame(WINDOW_UPDATE, 0, 0, new byte[length]));
        }
        for (int length : new int[] {0, 4, 6}) {
            add("size", "PRIORITY of " + length, Kind.EITHER, SIZE, POST, frame(PRIORITY, 0, 1, new byte[length]));
        }
        for (int length : new int[] {0, 7}) {
            add("size", "GOAWAY of " + length, Kind.CONNECTION, SIZE, frame(GOAWAY, 0, 0, new byte[length]));
        }
        add(
                "size",
                "HEADERS with half a priority",
                Kind.CONNECTION,
                SIZE,
                frame(HEADERS, PRIORITIZED | END_HEADERS | END_STREAM, 1, new byte[4]));
    }

    private void states() {
        for (int type : new int[] {DATA, HEADERS, PRIORITY, RST_STREAM, CONTINUATION}) {
            byte[] payload = type == PRIORITY ? new byte[5] : type == RST_STREAM ? new byte[4] : HELLO;
            add(
                    "state",
                    "type " + type + " on stream 0",
                    Kind.CONNECTION,
                    PROTOCOL,
                    frame(type, END_HEADERS, 0, payload));
        }
        for (int type : new int[] {SETTINGS, PING, GOAWAY}) {
            byte[] payload = new byte[type == SETTINGS ? 0 : 8];
            add("state", "type " + type + " on a stream", Kind.CONNECTION, PROTOCOL, frame(type, 0, 1, payload));
        }
        add("state", "DATA on an idle stream", Kind.CONNECTION, PROTOCOL, frame(DATA, 0, 1, HELLO));
        add("state", "RST_STREAM on an idle stream", Kind.CONNECTION, PROTOCOL, frame(RST_STREAM, 0, 1, integer(8)));
        add(
                "state",
                "WINDOW_UPDATE on an idle stream",
                Kind.CONNECTION,
                PROTOCOL,
                frame(WINDOW_UPDATE, 0, 1, integer(1)));
        add("state", "PRIORITY on an idle stream", Kind.IGNORED, ANY, frame(PRIORITY, 0, 5, new byte[5]));
        add("state", "an even stream", Kind.CONNECTION, PROTOCOL, hello(2));
        add(
                "state",
                "a lower stream",
                Kind.CONNECTION,
                CLOSED,
                frame(HEADERS, END_HEADERS, 5, HELLO),
                frame(HEADERS, END_HEADERS, 3, HELLO));
        endedStreams();
        unusualFrames();
    }

    private void endedStreams() {
        add("state", "HEADERS behind the end", Kind.EITHER, CLOSED, hello(1), hello(1));
        add(
                "state",
                "DATA behind the end",
                Kind.EITHER,
                CLOSED,
                get(1, "/app/bytes/20000000"),
                frame(DATA, 0, 1, HELLO));
        add(
                "state",
                "CONTINUATION behind the end",
                Kind.ENDS,
                CLOSED,
                hello(1),
                frame(CONTINUATION, END_HEADERS, 1, HELLO));
        add(
                "state",
                "DATA behind RST_STREAM",
                Kind.SURVIVED,
                ANY,
                POST,
                frame(RST_STREAM, 0, 1, integer(8)),
                frame(DATA, 0, 1, HELLO));
        add(
                "state",
                "WINDOW_UPDATE behind RST_STREAM",
                Kind.IGNORED,
                ANY,
                POST,
                frame(RST_STREAM, 0, 1, integer(8)),
                frame(WINDOW_UPDATE, 0, 1, integer(1)));
    }

    private void unusualFrames() {
        add(
                "state",
                "a promise of a client",
                Kind.CONNECTION,
                PROTOCOL,
                POST,
                frame(PUSH_PROMISE, END_HEADERS, 1, join(integer(2), HELLO)));
        add(
                "state",
                "a stream that depends on itself",
                Kind.SURVIVED,
                ANY,
                POST,
                frame(PRIORITY, 0, 1, join(integer(1), new byte[1])));
        for (int type : new int[] {0x0A, 0x10, 0x16, 0xFF}) {
            add(
                    "state",
                    "the unknown type " + type,
                    Kind.FINE,
                    ANY,
                    frame(type, 0xFF, 1, new byte[99]),
                    frame(type, 0, 0),
                    hello(1));
        }
        add(
                "state",
                "undefined flags",
                Kind.FINE,
                ANY,
                frame(PING, 0xFE, 0, new byte[8]),
                frame(HEADERS, 0xC0 | END_HEADERS | END_STREAM, 1, HELLO));
        add("state", "the reserved bit", Kind.FINE, ANY, frame(HEADERS, END_HEADERS | END_STREAM, 0x8000_0001, HELLO));
        add(
                "state",
                "an unasked acknowledgement of a ping",
                Kind.FINE,
                ANY,
                frame(PING, ACK, 0, new byte[8]),
                hello(1));
    }

    private void windows() {
        add("window", "nothing for the connection", Kind.CONNECTION, PROTOCOL, frame(WINDOW_UPDATE, 0, 0, integer(0)));
        add("window", "nothing for a stream", Kind.EITHER, PROTOCOL, POST, frame(WINDOW_UPDATE, 0, 1, integer(0)));
        byte[] most = integer(Integer.MAX_VALUE);
        add("window", "too much for the connection", Kind.CONNECTION, FLOW, frame(WINDOW_UPDATE, 0, 0, most));
        add("window", "too much for a stream", Kind.EITHER, FLOW, POST, frame(WINDOW_UPDATE, 0, 1, most));
        add(
                "window",
                "too much by settings",
                Kind.CONNECTION,
                FLOW,
                POST,
                frame(WINDOW_UPDATE, 0, 1, integer(1 << 30)),
                frame(SETTINGS, 0, 0, setting(4, Integer.MAX_VALUE)));
        add("window", "the reserved bit", Kind.FINE, ANY, frame(WINDOW_UPDATE, 0, 0, integer(0x8000_0001)), hello(1));
        add(
                "window",
                "negative by settings",
                Kind.FINE,
                ANY,
                hello(1),
                frame(SETTINGS, 0, 0, setting(4, 0)),
                frame(SETTINGS, 0, 0, setting(4, 65_535)));
    }

    private void padding() {
        for (int pad : new int[] {4, 5, 255}) {
            byte[] payload = {(byte) pad, 0, 0, 0};
            add(
                    "padding",
                    "DATA with " + pad + " of 4 bytes",
                    Kind.CONNECTION,
                    PROTOCOL,
                    POST,
                    frame(DATA, PADDED, 1, payload));
            add(
                    "padding",
                    "HEADERS with " + pad + " of 4 bytes",
                    Kind.CONNECTION,
                    PROTOCOL,
                    frame(HEADERS, PADDED | END_HEADERS | END_STREAM, 1, payload));
        }
        add("padding", "DATA without a length", Kind.CONNECTION, SIZE, POST, frame(DATA, PADDED, 1));
        add("padding", "HEADERS without a length", Kind.CONNECTION, SIZE, frame(HEADERS, PADDED | END_HEADERS, 1));
        byte[] padded = join(new byte[] {10}, HELLO, new byte[10]);
        add(
                "padding",
                "HEADERS that are right",
                Kind.FINE,
                ANY,
                frame(HEADERS, PADDED | END_HEADERS | END_STREAM, 1, padded));
        add("padding", "DATA that are right", Kind.FINE, ANY, POST, frame(DATA, PADDED | END_STREAM, 1, new byte[] {
            3, 'a', 0, 0, 0
        }));
        add("padding", "nothing but padding", Kind.FINE, ANY, POST, frame(DATA, PADDED | END_STREAM, 1, new byte[] {
            3, 0, 0, 0
        }));
    }

    private void blocks() {
        byte[] begun = frame(HEADERS, END_STREAM, 1, Arrays.copyOf(HELLO, 10));
        byte[] rest = Arrays.copyOfRange(HELLO, 10, HELLO.length);
        byte[] end = frame(CONTINUATION, END_HEADERS, 1, rest);
        add("block", "in two pieces", Kind.FINE, ANY, begun, end);
        add(
                "block",
                "in many pieces",
                Kind.FINE,
                ANY,
                begun,
                frame(CONTINUATION, 0, 1),
                frame(CONTINUATION, 0, 1, Arrays.copyOf(rest, 5)),
                frame(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(rest, 5, rest.length)));
        byte[][] between = {
            hello(3),
            frame(DATA, 0, 1),
            frame(PING, 0, 0, new byte[8]),
            frame(SETTINGS, 0, 0),
            frame(PRIORITY, 0, 3, new byte[5]),
            frame(RST_STREAM, 0, 1, integer(8)),
            frame(WINDOW_UPDATE, 0, 0, integer(1)),
            frame(0xEE, 0, 0),
            frame(CONTINUATION, END_HEADERS, 3, rest)
        };
        for (byte[] each : between) {
            add("block", "type " + (each[3] & 0xFF) + " in between", Kind.CONNECTION, PROTOCOL, begun, each, end);
        }
        add(
                "block",
                "a continuation of nothing",
                Kind.CONNECTION,
                PROTOCOL,
                frame(CONTINUATION, END_HEADERS, 1, HELLO));
        add(
                "block",
                "a continuation of a whole block",
                Kind.CONNECTION,
                CLOSED,
                POST,
                frame(CONTINUATION, END_HEADERS, 1, rest));
    }

    private void compression() {
        String[][] wrong = {
            {"the index 0", "80"},
            {"an index beyond the table", "be"},
            {"a large index", "ffffffff0f"},
            {"an index without end", "ffffffffffffffffffffffff7f"},
            {"a literal that ends in its name", "000a61"},
            {"a literal without value", "000161"},
            {"a literal that ends in its value", "000161057a"},
            {"a length without end", "007fffffffffffffffff7f"},
            {"a name beyond the table", "7f80ff03016a"},
            {"Huffman padding of zeros", "0001618118"},
            {"Huffman padding of a byte", "000161821fff"},
            {"the end of string in Huffman", "00016184ffffffff"},
            {"a table size above what was allowed", "3fe1ffff7f"},
        };
        for (String[] each : wrong) {
            byte[] block = join(HELLO, HexFormat.of().parseHex(each[1]));
            if (each[0].startsWith("a table size")) {
                block = join(HexFormat.of().parseHex(each[1]), HELLO);
            }
            add(
                    "compression",
                    each[0],
                    Kind.CONNECTION,
                    COMPRESSION,
                    frame(HEADERS, END_HEADERS | END_STREAM, 1, block));
        }
        add(
                "compression",
                "a table size behind a field",
                Kind.CONNECTION,
                COMPRESSION,
                frame(HEADERS, END_HEADERS | END_STREAM, 1, join(HELLO, new byte[] {0x20})));
        add(
                "compression",
                "a table size of nothing",
                Kind.FINE,
                ANY,
                frame(HEADERS, END_HEADERS | END_STREAM, 1, join(new byte[] {0x20}, HELLO)));
        add("compression", "an empty block", Kind.EITHER, ANY, frame(HEADERS, END_HEADERS | END_STREAM, 1));
        add(
                "compression",
                "a broken block in trailers",
                Kind.CONNECTION,
                COMPRESSION,
                POST,
                frame(HEADERS, END_HEADERS | END_STREAM, 1, (byte) 0x80));
    }
}
