package dev.sluice.api;

import java.time.Duration;
import java.util.Map;

/**
 * What an application registers while it starts. It is used by the thread that runs {@link HandlerApplication#start}, and
 * refuses every call with an {@link IllegalStateException} after that returned.
 *
 * <p>Patterns are paths within the application, made of segments: literal ({@code /users}), a parameter for one
 * non-empty segment ({@code /users/{id}}), and at the end a parameter for all that follows ({@code /files/{path...}},
 * which may be empty). When several patterns match a path, the order is: segment by segment from the left, literal
 * before parameter before rest; the first of them that has the method answers. If none has it, the answer is
 * {@code 405} with {@code Allow}. {@code HEAD} is answered by the {@code GET} route and {@code OPTIONS} with
 * {@code Allow}, unless the application has routes for them.
 */
public interface Setup {
    /** The name of the deployment. */
    String name();

    /** The path at which the application is mounted: empty for the root, otherwise {@code /shop} without a slash at the end. */
    String contextPath();

    /** The settings that the operator gave this application, immutable. */
    Map<String, String> settings();

    /**
     * Registers a route.
     *
     * @param method an HTTP method such as {@code GET}, or {@code *} for all that have no route of their own
     * @throws IllegalArgumentException if the method or pattern is malformed, or the route is registered already
     */
    Setup route(String method, String pattern, Handler handler);

    /** Registers a route for {@code GET}, which also answers {@code HEAD}. */
    default Setup get(String pattern, Handler handler) {
        return route("GET", pattern, handler);
    }

    /** Registers a route for {@code POST}. */
    default Setup post(String pattern, Handler handler) {
        return route("POST", pattern, handler);
    }

    /** Registers a route for {@code PUT}. */
    default Setup put(String pattern, Handler handler) {
        return route("PUT", pattern, handler);
    }

    /** Registers a route for {@code PATCH}. */
    default Setup patch(String pattern, Handler handler) {
        return route("PATCH", pattern, handler);
    }

    /** Registers a route for {@code DELETE}. */
    default Setup delete(String pattern, Handler handler) {
        return route("DELETE", pattern, handler);
    }

    /** Adds middleware around all routes, whenever they are registered. What is added first is outermost. */
    Setup use(Middleware middleware);

    /**
     * Publishes state of which every request gets its own fork.
     *
     * @throws IllegalArgumentException if the name is taken, or the value holds something that cannot be copied; the
     *     message has the path to it
     */
    <T> Template<T> template(String name, T value);

    /**
     * Registers a complete answer to {@code GET} and {@code HEAD} of one path, sent without entering application code.
     * Middleware does not see these requests.
     *
     * @param path a path without parameters
     * @throws IllegalArgumentException if the body is not empty, bytes or text, or the response has trailers or an upgrade
     */
    Setup fixed(String path, Response response);

    /** Runs {@code job} {@code every} so often, for the first time after that time, until the application stops. */
    Setup schedule(String name, Duration every, Job job);
}
