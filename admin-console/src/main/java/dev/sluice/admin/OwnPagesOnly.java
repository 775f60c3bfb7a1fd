package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Middleware;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses requests that a web page of somebody else made a browser send: with a host name that was rebound to this address (DNS
 * rebinding), or from another origin. A request for an IP address or localhost cannot be a rebound one.
 */
final class OwnPagesOnly implements Middleware {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(?::\\d{1,5})?");

    private final List<String> names;

    OwnPagesOnly(List<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public Handler wrap(Handler next) {
        return (request, context) -> answer(next, request, context);
    }

    private Response answer(Handler next, Request request, HandlerContext context) throws Exception {
        Optional<String> problem = problem(request);
        if (problem.isPresent()) {
            return Problem.of(403, "other-site", "The request may come from a page of another site", problem.get())
                    .response();
        }
        return next.handle(request, context)
                .withHeader("X-Content-Type-Options", "nosniff")
                .withHeader("Cache-Control", "no-store")
                .withHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private Optional<String> problem(Request request) {
        String authority = request.authority();
        if (!authority.isEmpty() && !known(authority)) {
            return Optional.of("host: " + printable(authority)
                    + " (expected: an IP address, localhost, or a name in management.names of the configuration)");
        }
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !authorityOf(origin.get()).equalsIgnoreCase(authority)) {
            return Optional.of("origin: " + printable(origin.get()) + " (expected: none, or that of this listener)");
        }
        if (request.header("Sec-Fetch-Site").filter("cross-site"::equals).isPresent()) {
            return Optional.of("the request comes from a page of another site (expected: from this listener's pages)");
        }
        return Optional.empty();
    }

    private boolean known(String authority) {
        var matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(1).toLowerCase(Locale.ROOT);
        return host.startsWith("[")
                || IPV4.matcher(host).matches()
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || names.contains(host);
    }

    private static String authorityOf(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String printable(String value) {
        return value.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
