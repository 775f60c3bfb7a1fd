package dev.sluice.admin;

import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.deploy.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request was not done, as the client gets it (RFC 9457). The type is stable, the words are not. Immutable: the methods that add
 * something return another one.
 */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String TYPES = "tag:sluice.dev,2026:";
    private static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String type;
    private final String title;
    private final transient Map<String, Object> members;
    private final transient Headers headers;

    private Problem(
            int status, String type, String title, String detail, Map<String, Object> members, Headers headers) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        this.members = members;
        this.headers = headers;
    }

    /**
     * A problem.
     *
     * @param type the last part of its type, such as {@code missing-role}
     * @param title what kind of problem it is
     * @param detail what was wrong this time, and what was expected
     */
    static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, Map.of(), Headers.empty());
    }

    /** What the status says already: each has one type and title. */
    static Problem of(int status, String detail) {
        return switch (status) {
            case 400 -> of(status, "bad-request", "The request cannot be understood", detail);
            case 404 -> of(status, "not-found", "There is no such thing here", detail);
            case 405 -> of(status, "method-not-allowed", "The method is not allowed here", detail);
            case 413 -> of(status, "too-long", "The body is too long", detail);
            case 415 -> of(status, "wrong-type", "The body has the wrong type", detail);
            default -> of(status, "status-" + status, "The request was not done", detail);
        };
    }

    /** Something in the request cannot be. */
    static Problem badRequest(String detail) {
        return of(400, detail);
    }

    /** There is no such thing. */
    static Problem notFound(String detail) {
        return of(404, detail);
    }

    /** There is no application with this name. Which others there are is nothing for everybody. */
    static Problem unknownApplication(String name) {
        return notFound("application: " + name + " (expected: one that GET /api/v1/apps lists)");
    }

    /** It cannot be done as things stand. */
    static Problem conflict(String detail) {
        return of(409, "conflict", "It cannot be done as things stand", detail);
    }

    /** With one more member. */
    Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(status, type, title, detail(), more, headers);
    }

    /** With one more header field. */
    Problem withHeader(String name, String value) {
        return new Problem(status, type, title, detail(), members, headers.with(name, value));
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The answer. */
    Response response() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", TYPES + type);
        fields.put("title", title);
        fields.put("status", status);
        fields.put("detail", detail());
        fields.putAll(members);
        return Response.json(Json.write(fields))
                .withStatus(status)
                .withHeaders(headers)
                .withHeader("Content-Type", MEDIA_TYPE);
    }
}
