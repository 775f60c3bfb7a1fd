package dev.sluice.engine.http.http2;

/** Numbers of RFC 9113, 4.1 and 6. */
final class Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int WITH_PRIORITY = 0x20;

    static final int HEADER = 9;
    /** The largest payload: the least that either side may set (RFC 9113, 4.2), so that streams take turns. */
    static final int LARGEST = 16 * 1024;

    static final int WINDOW = 65_535;
    static final long LARGEST_WINDOW = Integer.MAX_VALUE;

    private Frames() {}
}
