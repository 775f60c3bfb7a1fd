package dev.sluice.engine.http.http2;

/** What ends the connection with GOAWAY (RFC 9113, 5.4.1). Without a trace: its cause is the client. */
final class ConnectionError extends Exception {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    ConnectionError(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    static ConnectionError protocol(String reason) {
        return new ConnectionError(ErrorCode.PROTOCOL_ERROR, reason);
    }

    ErrorCode code() {
        return code;
    }
}
