package dev.sluice.tck.attack;

import static dev.sluice.tck.attack.Http2Wire.PREFACE;
import static dev.sluice.tck.attack.Http2Wire.SETTINGS;
import static dev.sluice.tck.attack.Http2Wire.frame;
import static dev.sluice.tck.attack.Http2Wire.get;
import static dev.sluice.tck.attack.Http2Wire.join;

import dev.sluice.tck.attack.Http2Wire.Received;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Frames that a client sends, and what RFC 9113 says to them.
 *
 * @param bytes with the preface
 * @param codes the error codes that are right; none for any
 */
record Http2Case(String group, String name, Kind kind, Set<Integer> codes, byte[] bytes) {
    /** What becomes of stream and connection. */
    enum Kind {
        /** The connection ends; GOAWAY, if one comes, has one of the codes. */
        CONNECTION,
        /** The same, after what came before was answered. */
        ENDS,
        /** Stream 1 ends, by RST_STREAM with one of the codes or by an answer from 400 on, and others are served. */
        STREAM,
        /** Stream 1 or the connection ends. */
        EITHER,
        /** Stream 1 gets 200, and others are served. */
        FINE,
        /** Nothing is asked for on stream 1; others are served. */
        IGNORED,
        /** The server goes on, whatever becomes of this connection. */
        SURVIVED
    }

    static final int NEXT_STREAM = 0x7FFF_FFF1;
    private static final long PATIENCE_SECONDS = 20;

    /** A case that begins as it should, with preface and settings. */
    static Http2Case of(String group, String name, Kind kind, int[] codes, byte[]... frames) {
        return raw(group, name, kind, codes, join(PREFACE, frame(SETTINGS, 0, 0)), join(frames));
    }

    static Http2Case raw(String group, String name, Kind kind, int[] codes, byte[]... bytes) {
        return new Http2Case(group, name, kind, Arrays.stream(codes).boxed().collect(Collectors.toSet()), join(bytes));
    }

    /** Empty if the server does what it should. */
    String fault(int port) throws IOException, InterruptedException {
        try (Http2Wire wire = new Http2Wire(port)) {
            wire.send(bytes);
            return switch (kind) {
                case CONNECTION, ENDS -> connectionError(wire);
                case STREAM -> streamError(wire);
                case EITHER -> {
                    boolean either =
                            wire.await(frame -> endsStream(frame) || frame.type() == Http2Wire.GOAWAY, PATIENCE_SECONDS)
                                    || wire.ended();
                    yield either ? "" : "neither stream nor connection has ended: " + seen(wire);
                }
                case FINE -> fine(wire);
                case IGNORED -> next(wire);
                case SURVIVED -> "";
            };
        }
    }

    private String connectionError(Http2Wire wire) throws InterruptedException {
        if (!wire.awaitEnd(PATIENCE_SECONDS)) {
            return "the connection stays open: " + seen(wire);
        }
        for (Received frame : wire.received()) {
            if (frame.type() == Http2Wire.GOAWAY && !codes.isEmpty() && !codes.contains(frame.error())) {
                return "GOAWAY " + frame.error() + " (expected: " + codes + ")";
            }
            if (kind == Kind.CONNECTION && frame.type() == Http2Wire.HEADERS && frame.status() < 400) {
                return "answered with " + frame.status();
            }
        }
        return "";
    }

    private boolean endsStream(Received frame) {
        return frame.stream() == 1
                && (frame.type() == Http2Wire.RST_STREAM || frame.type() == Http2Wire.HEADERS && frame.status() >= 400);
    }

    private String streamError(Http2Wire wire) throws InterruptedException {
        if (!wire.await(this::endsStream, PATIENCE_SECONDS)) {
            return (wire.ended() ? "the whole connection ends: " : "the stream goes on: ") + seen(wire);
        }
        for (Received frame : wire.received()) {
            if (frame.type() == Http2Wire.HEADERS && frame.stream() == 1 && frame.status() < 400) {
                return "answered with " + frame.status();
            }
            if (frame.type() == Http2Wire.RST_STREAM && !codes.isEmpty() && !codes.contains(frame.error())) {
                return "RST_STREAM " + frame.error() + " (expected: " + codes + ")";
            }
        }
        return next(wire);
    }

    private String fine(Http2Wire wire) throws InterruptedException {
        boolean answered =
                wire.await(frame -> frame.type() == Http2Wire.HEADERS && frame.stream() == 1, PATIENCE_SECONDS);
        if (!answered) {
            return "not answered: " + seen(wire);
        }
        for (Received frame : wire.received()) {
            if (frame.type() == Http2Wire.HEADERS && frame.stream() == 1 && frame.status() != 200) {
                return "answered with " + frame.status() + " (expected: 200)";
            }
        }
        return next(wire);
    }

    private String next(Http2Wire wire) throws InterruptedException {
        wire.send(get(NEXT_STREAM, "/app/next"));
        return wire.await(frame -> frame.type() == Http2Wire.HEADERS && frame.stream() == NEXT_STREAM, PATIENCE_SECONDS)
                ? ""
                : "another request is not served: " + seen(wire);
    }

    private static String seen(Http2Wire wire) {
        return wire.received().stream()
                .filter(frame -> frame.type() != SETTINGS)
                .limit(8)
                .map(frame -> "type " + frame.type() + " stream " + frame.stream()
                        + (frame.type() == Http2Wire.GOAWAY || frame.type() == Http2Wire.RST_STREAM
                                ? " code " + frame.error()
                                : ""))
                .collect(Collectors.joining(", ", "[", wire.ended() ? "], ended" : "], open"));
    }
}
