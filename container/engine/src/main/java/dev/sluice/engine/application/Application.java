package dev.sluice.engine.application;

import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.fork.Template;
import java.util.List;
import java.util.Map;

/** What a request ends in: a servlet application or a handler application, in one version at one context path. */
public interface Application {
    /** The target of applications that know no targets. */
    Target NO_TARGET = Target.named("");

    /** The name by which logs, metrics and the console know it; unique per version. */
    String name();

    /** Where it is mounted: empty for the root, otherwise with a leading and without a trailing slash. */
    String contextPath();

    /** The version; empty if it has none. */
    default String version() {
        return "";
    }

    /**
     * Handles a request. Called on the thread of the lane that its {@linkplain Call#target() target} asked for, with a permit taken. When it returns, the
     * application's code has returned, and the response is completed, unless {@link Call#detach} was called.
     *
     * @throws Throwable anything; the gate answers 500 if no head was sent
     */
    void handle(Call call) throws Throwable;

    /** What a request goes to. Asked once for each, on the loop, so it must be quick. */
    default Target target(HttpExchange exchange) {
        return NO_TARGET;
    }

    /**
     * The responses to GET and HEAD that are complete without the application's code, by their paths in the application. They do not
     * change while it runs, though what one says may be replaced.
     */
    default Map<String, FixedResponse> fixed() {
        return Map.of();
    }

    /** Whether this version knows the session with this id; asked by the router when several versions share a path. */
    default boolean ownsSession(String id) {
        return false;
    }

    /** What it has published for its requests to fork, ordered by name. Any thread. */
    default List<Template<?>> templates() {
        return List.of();
    }

    /** The name of the cookie and path parameter that carries a session id. */
    default String sessionCookie() {
        return "JSESSIONID";
    }
}
