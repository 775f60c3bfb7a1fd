package dev.sluice.engine.http.websocket;

/** The status codes of close frames (RFC 6455, 7.4, and its registry at IANA). */
public final class CloseCodes {
    /** The purpose is fulfilled. */
    public static final int NORMAL = 1000;

    /** The other end broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;

    /** Only reported: the other end gave no code. */
    public static final int NO_STATUS = 1005;

    /** Only reported: the connection broke. */
    public static final int ABNORMAL = 1006;

    /** Data does not fit the kind of message, such as a text that is not UTF-8. */
    public static final int BAD_DATA = 1007;

    /** The message is too big. */
    public static final int TOO_BIG = 1009;

    private CloseCodes() {}

    /** Whether a close frame may carry the code. */
    public static boolean sendable(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }
}
