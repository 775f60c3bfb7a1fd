package dev.sluice.engine.parameter;

import org.jspecify.annotations.Nullable;

/**
 * The client sent something that cannot be read as a request, or more of it than a limit allows. It is an
 * {@link IllegalStateException} because Servlet 6.1 wants that of {@code getParameter} and {@code getPart}; where the
 * application lets it through, the answer is {@link #status()}.
 */
public final class BadRequestException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String limit;

    private BadRequestException(int status, @Nullable String limit, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.limit = limit;
    }

    /** Input that breaks the syntax: status 400. */
    public static BadRequestException malformed(String message) {
        return new BadRequestException(400, null, message, null);
    }

    /** Input that breaks the syntax, found by a library: status 400. */
    public static BadRequestException malformed(String message, Throwable cause) {
        return new BadRequestException(400, null, message, cause);
    }

    /**
     * Too many of something: status 400.
     *
     * @param what there is too much of
     * @param limit the setting that says how many there may be
     */
    public static BadRequestException tooMany(String what, String limit, long maximum) {
        return new BadRequestException(
                400,
                limit,
                "too many " + what + " (expected: at most " + maximum + "); if so many are meant, raise " + limit,
                null);
    }

    /**
     * Too large: status 413.
     *
     * @param what is too large
     * @param limit the setting that says how large it may be
     */
    public static BadRequestException tooLarge(String what, String limit, long maximum) {
        return new BadRequestException(
                413,
                limit,
                what + " too large (expected: at most " + maximum + " bytes); if so much is meant, raise " + limit,
                null);
    }

    /** The status of the answer: 400 or 413. */
    public int status() {
        return status;
    }

    /** The name of the setting whose limit was hit; null where the syntax was wrong. */
    public @Nullable String limit() {
        return limit;
    }
}
