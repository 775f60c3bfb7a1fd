package dev.sluice.engine.http.http2;

/** Why a stream or a connection ends: RFC 9113, 7. The ordinal is the code. */
public enum ErrorCode {
    NO_ERROR,
    PROTOCOL_ERROR,
    INTERNAL_ERROR,
    FLOW_CONTROL_ERROR,
    SETTINGS_TIMEOUT,
    STREAM_CLOSED,
    FRAME_SIZE_ERROR,
    REFUSED_STREAM,
    CANCEL,
    COMPRESSION_ERROR,
    CONNECT_ERROR,
    ENHANCE_YOUR_CALM,
    INADEQUATE_SECURITY,
    HTTP_1_1_REQUIRED;

    private static final ErrorCode[] ALL = values();

    int code() {
        return ordinal();
    }

    /** The name of a code that a client has sent. */
    static String name(int code) {
        return code >= 0 && code < ALL.length ? ALL[code].name() : "error 0x" + Integer.toHexString(code);
    }
}
