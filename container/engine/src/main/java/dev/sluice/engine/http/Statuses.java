package dev.sluice.engine.http;

import io.undertow.util.StatusCodes;

/** Reason phrases. */
public final class Statuses {
    private Statuses() {}

    /** The standard phrase for a status (RFC 9110, 15). */
    public static String reason(int status) {
        return switch (status) {
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 422 -> "Unprocessable Content";
            case 431 -> "Request Header Fields Too Large";
            default -> StatusCodes.getReason(status);
        };
    }
}
