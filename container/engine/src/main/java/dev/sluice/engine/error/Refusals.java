package dev.sluice.engine.error;

import dev.sluice.engine.http.BodyTooLargeException;
import dev.sluice.engine.http.MalformedBodyException;
import dev.sluice.engine.http.StalledBodyException;
import org.jspecify.annotations.Nullable;

/** What was wrong with a request, found while application code asked for its parts: the same answer for every kind of application. */
public final class Refusals {
    private Refusals() {}

    /** The status for a failure that the client has caused, also if application code has wrapped it; null for any other failure. */
    public static @Nullable Integer status(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Integer status = own(cause);
            if (status != null) {
                return status;
            }
        }
        return null;
    }

    /** What the client has done wrong, in words, also if application code has wrapped it; the failure's own message for any other failure. */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (own(cause) != null) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    /** {@link #reason} for a failure that the client has caused, who may read it; null for any other. */
    public static @Nullable String detail(Throwable failure) {
        return status(failure) == null ? null : reason(failure);
    }

    private static @Nullable Integer own(Throwable cause) {
        if (cause instanceof BodyTooLargeException) {
            return 413;
        }
        if (cause instanceof StalledBodyException) {
            return 408;
        }
        if (cause instanceof MalformedBodyException) {
            return 400;
        }
        if (cause instanceof dev.sluice.engine.parameter.BadRequestException bad) {
            return bad.status();
        }
        return cause instanceof dev.sluice.engine.http.BadRequestException bad ? bad.status() : null;
    }
}
