package dev.sluice.engine.descriptor;

import org.jspecify.annotations.Nullable;

/**
 * One {@code <error-page>} (Servlet 6.1, 10.9.2).
 *
 * @param status the status code, or null
 * @param exceptionClass the exception's class name, or null; both null: the default error page
 * @param location the context-relative path, with a leading slash
 */
public record ErrorPage(@Nullable Integer status, @Nullable String exceptionClass, String location) {}
