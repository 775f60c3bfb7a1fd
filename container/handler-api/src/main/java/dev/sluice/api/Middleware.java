package dev.sluice.api;

import java.util.Objects;

/**
 * Wraps a handler into another: authentication, compression, a common error page. It is applied once, at start, to every
 * route of the application and to its answers for unknown paths and methods, so it costs no look-up for a request.
 *
 * <p>A middleware that drops the response of the next handler must {@linkplain Response#close() close} it.
 */
@FunctionalInterface
public interface Middleware {
    /** Returns the handler that runs instead of {@code next}. */
    Handler wrap(Handler next);

    /** Whether the wrapped handler may block on behalf of this middleware. True unless it was declared otherwise. */
    default boolean blocking() {
        return true;
    }

    /** Declares that {@code middleware} itself never blocks, so that non-blocking handlers stay non-blocking. */
    static Middleware nonBlocking(Middleware middleware) {
        Objects.requireNonNull(middleware, "middleware");
        return new Middleware() {
            @Override
            public Handler wrap(Handler next) {
                return middleware.wrap(next);
            }

            @Override
            public boolean blocking() {
                return false;
            }
        };
    }
}
