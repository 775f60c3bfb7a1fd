package dev.sluice.admin;

import dev.sluice.api.Parameters;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.deploy.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, chosen by the query.
 *
 * <pre>
 * limit=50       how many, 1 to 1000; 200 if nothing is said
 * offset=100     how many are left out before them
 * sort=-age,id   by these fields, one after the other; - for descending
 * q=text         those with the text in any field, without regard to case
 * FIELD=value    those with this value in the field; several of one field are alternatives
 * </pre>
 *
 * The answer is an array; {@code X-Total-Count} says how many there are on all pages, and {@code Link} has the next one (RFC 8288).
 */
final class Listing {
    private static final int USUAL = 200;
    private static final int MOST = 1000;
    private static final Set<String> OWN = Set.of("limit", "offset", "sort", "q");

    private final Request request;
    private final Parameters query;
    private final List<Map<String, Object>> all;

    private Listing(Request request, List<Map<String, Object>> all) {
        this.request = request;
        this.query = request.query();
        this.all = all;
    }

    /**
     * The page that the request asks for.
     *
     * @throws Problem if the query has something that it cannot have
     */
    static Response of(Request request, List<Map<String, Object>> items) {
        return new Listing(request, items).page();
    }

    private Response page() {
        int limit = number("limit", USUAL, 1, MOST);
        int offset = number("offset", 0, 0, Integer.MAX_VALUE);
        List<Map<String, Object>> chosen = sorted(filtered());
        int from = Math.min(offset, chosen.size());
        int to = Math.min(chosen.size(), from + limit);
        Response response = Response.json(Json.write(chosen.subList(from, to)))
                .withHeader("X-Total-Count", String.valueOf(chosen.size()));
        return to < chosen.size() ? response.withHeader("Link", "<" + next(to, limit) + ">; rel=\"next\"") : response;
    }

    private String next(int offset, int limit) {
        StringBuilder link = new StringBuilder(request.path()
                .replace("%", "%25")
                .replace("#", "%23")
                .replace("?", "%3F")
                .replace(" ", "%20"));
        link.append("?offset=").append(offset).append("&limit=").append(limit);
        for (String name : query.asMap().keySet()) {
            if (!name.equals("offset") && !name.equals("limit")) {
                for (String value : query.all(name)) {
                    link.append('&').append(encoded(name)).append('=').append(encoded(value));
                }
            }
        }
        return link.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int number(String name, int usual, int least, int most) {
        String text = query.first(name).orElse(null);
        if (text == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw Problem.badRequest(name + ": " + text + " (expected: a whole number from " + least + " to " + most + ")");
    }

    private Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        all.forEach(item -> fields.addAll(item.keySet()));
        return fields;
    }

    private void checkField(String field) {
        Set<String> fields = fields();
        if (!fields.isEmpty() && !fields.contains(field)) {
            throw Problem.badRequest("field " + field + " (expected: one of " + String.join(", ", fields)
                    + "; or limit, offset, sort, q)");
        }
    }

    private List<Map<String, Object>> filtered() {
        List<Map<String, Object>> chosen = new ArrayList<>(all);
        for (String name : query.asMap().keySet()) {
            if (!OWN.contains(name)) {
                checkField(name);
                List<String> wanted = query.all(name);
                chosen.removeIf(item -> !wanted.contains(String.valueOf(item.get(name))));
            }
        }
        String text = query.first("q").orElse("").toLowerCase(Locale.ROOT);
        chosen.removeIf(item -> item.values().stream()
                .noneMatch(
                        value -> String.valueOf(value).toLowerCase(Locale.ROOT).contains(text)));
        return chosen;
    }

    private List<Map<String, Object>> sorted(List<Map<String, Object>> items) {
        Comparator<Map<String, Object>> order = null;
        for (String part : query.first("sort").orElse("").split(",")) {
            if (!part.isEmpty()) {
                boolean descending = part.startsWith("-");
                String field = descending ? part.substring(1) : part;
                checkField(field);
                Comparator<Map<String, Object>> by = (a, b) -> compare(a.get(field), b.get(field));
                Comparator<Map<String, Object>> next = descending ? by.reversed() : by;
                order = order == null ? next : order.thenComparing(next);
            }
        }
        if (order != null) {
            items.sort(order);
        }
        return items;
    }

    /** Numbers by their value, everything else by its text; what is missing comes first. */
    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number one && b instanceof Number other) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        return (a == null ? "" : a.toString()).compareTo(b == null ? "" : b.toString());
    }
}
