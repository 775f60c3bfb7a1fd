package dev.sluice.engine.error;

import dev.sluice.engine.descriptor.ErrorPage;
import jakarta.servlet.ServletException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error pages of an application, by status code, by exception class, and the default one. Immutable. */
public final class ErrorPages {
    private final Map<Integer, String> byStatus = new HashMap<>();
    private final Map<String, String> byException = new HashMap<>();
    private @Nullable String fallback;

    /** Where two pages are for the same error, the first one stands. */
    public ErrorPages(List<ErrorPage> pages) {
        for (ErrorPage page : pages) {
            if (page.exceptionClass() != null) {
                byException.putIfAbsent(page.exceptionClass(), page.location());
            } else if (page.status() != null) {
                byStatus.putIfAbsent(page.status(), page.location());
            } else if (fallback == null) {
                fallback = page.location();
            }
        }
    }

    /**
     * The page for an exception: the closest class of its hierarchy; then, for a {@code ServletException}, that of its root cause.
     *
     * @return the page and the exception that it is for; null if no page names a class of it
     */
    public @Nullable Found forException(Throwable thrown) {
        if (byException.isEmpty()) {
            return null;
        }
        String location = closest(thrown.getClass());
        if (location != null) {
            return new Found(location, thrown);
        }
        Throwable rootCause = thrown instanceof ServletException wrapper ? wrapper.getRootCause() : null;
        return rootCause == null || rootCause == thrown ? null : forException(rootCause);
    }

    /** The page for a status code, or the default page, or null. */
    public @Nullable String forStatus(int status) {
        String location = byStatus.get(status);
        return location != null ? location : fallback;
    }

    private @Nullable String closest(Class<?> thrown) {
        for (Class<?> type = thrown; type != null; type = type.getSuperclass()) {
            String location = byException.get(type.getName());
            if (location != null) {
                return location;
            }
        }
        return null;
    }

    /** A page, and the exception that was matched. */
    public record Found(String location, Throwable thrown) {}
}
