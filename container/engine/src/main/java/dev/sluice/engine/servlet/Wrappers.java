package dev.sluice.engine.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/** Finds the container's own objects below an application's wrappers (Servlet 6.1, 6.2.2 and 9.2). */
final class Wrappers {
    private Wrappers() {}

    /**
     * The container's request.
     *
     * @throws IllegalArgumentException if the object does not wrap one
     */
    static HttpRequest request(ServletRequest given) {
        ServletRequest current = given;
        while (current instanceof ServletRequestWrapper wrapper) {
            current = wrapper.getRequest();
        }
        if (current instanceof HttpRequest request) {
            return request;
        }
        throw new IllegalArgumentException(
                "The request " + describe(given)
                        + " is not one of this container (expected: the one that service() or doFilter() got, or a ServletRequestWrapper around it)");
    }

    /**
     * The container's response.
     *
     * @throws IllegalArgumentException if the object does not wrap one
     */
    static HttpResponse response(ServletResponse given) {
        ServletResponse current = given;
        while (current instanceof ServletResponseWrapper wrapper) {
            current = wrapper.getResponse();
        }
        if (current instanceof HttpResponse response) {
            return response;
        }
        throw new IllegalArgumentException(
                "The response " + describe(given)
                        + " is not one of this container (expected: the one that service() or doFilter() got, or a ServletResponseWrapper around it)");
    }

    private static String describe(Object object) {
        return object == null ? "null" : object.getClass().getName();
    }
}
