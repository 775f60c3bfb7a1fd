package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HeadFields;
import dev.sluice.engine.http.grammar.RequestRules;
import dev.sluice.engine.http.grammar.Tokens;
import dev.sluice.engine.http.grammar.Violation;
import dev.sluice.engine.http.http2.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as HTTP/2 carries it, checked as strictly as one of HTTP/1.1 (RFC 9113, 8.2 and 8.3): the rules for hosts, lengths,
 * expectations and targets are the same objects.
 *
 * @param method the method
 * @param scheme http or https
 * @param authority host and port, as the client said
 * @param target path and query
 * @param headers the regular fields, with Host, and Cookie as one
 * @param length the announced length of the body; -1 for none
 */
record Http2Head(String method, String scheme, String authority, String target, Headers headers, long length) {
    private static final int MALFORMED = 400;

    /**
     * Reads a head.
     *
     * @param encrypted whether the connection is
     * @throws BadRequestException with status 400 for a malformed request, whose stream is to be reset (RFC 9113, 8.1.1), and another status for
     *     one that is to be answered with it
     */
    static Http2Head read(Fields fields, boolean encrypted, HttpOptions options) {
        return new Reading(encrypted, options).read(fields);
    }

    /**
     * Reads trailer fields (RFC 9113, 8.1).
     *
     * @throws BadRequestException for fields that are malformed, or that may not stand behind a body
     */
    static Headers trailers(Fields fields) {
        Headers trailers = new Headers(fields.count());
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.name(i);
            checkName(name);
            checkValue(name, fields.value(i));
            if (forConnection(name, fields.value(i)) || HeadFields.matters(name)) {
                throw malformed("trailer field: " + name + " (expected: none that frames or routes a request)");
            }
            trailers.append(name, fields.value(i));
        }
        return trailers;
    }

    private static BadRequestException malformed(String reason) {
        return new BadRequestException(MALFORMED, reason);
    }

    private static void checkName(String name) {
        boolean fine = RequestRules.isName(name);
        for (int i = 0; fine && i < name.length(); i++) {
            fine = name.charAt(i) < 'A' || name.charAt(i) > 'Z';
        }
        if (!fine) {
            throw malformed("field name: " + Tokens.printable(name) + " (expected: a token in lower case)");
        }
    }

    private static void checkValue(String name, String value) {
        if (!RequestRules.isValue(value)) {
            throw malformed("value of field " + Tokens.printable(name) + ": " + Tokens.printable(value)
                    + " (expected: no control characters, and no space at either end)");
        }
    }

    /** RFC 9113, 8.2.2. */
    private static boolean forConnection(String name, String value) {
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings" ->
                true;
            case "te" -> !value.equalsIgnoreCase("trailers");
            default -> false;
        };
    }

    /** One head. */
    private static final class Reading {
        private final boolean encrypted;
        private final HttpOptions options;
        private final HeadFields framing = new HeadFields();
        private final Headers headers = new Headers(16);
        private @Nullable String method;
        private @Nullable String scheme;
        private @Nullable String authority;
        private @Nullable String target;
        private @Nullable String host;
        private @Nullable StringBuilder cookies;
        private long length = -1;

        Reading(boolean encrypted, HttpOptions options) {
            this.encrypted = encrypted;
            this.options = options;
        }

        Http2Head read(Fields fields) {
            int i = 0;
            for (; i < fields.count() && fields.name(i).startsWith(":"); i++) {
                pseudo(fields.name(i), fields.value(i));
            }
            for (; i < fields.count(); i++) {
                regular(fields.name(i), fields.value(i));
            }
            if (fields.tooLarge()) {
                throw new BadRequestException(
                        431,
                        "header fields: more than " + options.maxHeadSize() + " bytes or " + options.maxHeaderCount()
                                + " of them");
            }
            return complete();
        }

        private void pseudo(String name, String value) {
            checkValue(name, value);
            switch (name) {
                case ":method" -> method = once(name, method, value);
                case ":scheme" -> scheme = once(name, scheme, value);
                case ":authority" -> authority = once(name, authority, value);
                case ":path" -> target = once(name, target, value);
                default ->
                    throw malformed("pseudo-field " + Tokens.printable(name)
                            + " (expected: :method, :scheme, :authority, :path)");
            }
        }

        private static String once(String name, @Nullable String before, String value) {
            if (before != null) {
                throw malformed("pseudo-field " + name + ": twice (expected: once)");
            }
            return value;
        }

        private void regular(String name, String value) {
            checkName(name);
            checkValue(name, value);
            if (forConnection(name, value)) {
                throw malformed("field " + name + " (expected: none that belongs to a connection of HTTP/1.1)");
            }
            if (HeadFields.matters(name)) {
                refuse(framing.field(name, value));
            }
            switch (name) {
                case "cookie" -> cookie(value);
                case "host" -> host = value;
                case "content-length" -> {
                    length = Long.parseLong(value);
                    headers.append(name, value);
                }
                default -> headers.append(name, value);
            }
        }

        /** RFC 9113, 8.2.3: crumbs of one field. */
        private void cookie(String value) {
            StringBuilder all = cookies;
            if (all == null) {
                cookies = new StringBuilder(value);
            } else {
                all.append("; ").append(value);
            }
        }

        private static void refuse(@Nullable Violation wrong) {
            if (wrong != null) {
                throw new BadRequestException(wrong.status(), wrong.reason());
            }
        }

        private Http2Head complete() {
            String verb = method;
            if (verb == null || !RequestRules.isMethod(verb)) {
                throw malformed(":method: " + (verb == null ? "none" : Tokens.printable(verb))
                        + " (expected: a token of at most " + RequestRules.LONGEST_METHOD + " letters)");
            }
            String named = checkedAuthority();
            if (verb.equals("CONNECT")) {
                if (scheme != null || target != null) {
                    throw malformed("CONNECT with :scheme or :path (expected: :authority alone)");
                }
                throw new BadRequestException(501, "CONNECT (expected: a method for a resource of this server)");
            }
            headers.append("host", named);
            if (cookies != null) {
                headers.append("cookie", cookies.toString());
            }
            return new Http2Head(verb, checkedScheme(), named, checkedTarget(verb), headers, length);
        }

        private String checkedAuthority() {
            String named = authority;
            if (named == null) {
                if (host == null) {
                    throw malformed("neither :authority nor Host (expected: one of them)");
                }
                return host;
            }
            if (named.isEmpty()) {
                throw malformed(":authority is empty (expected: the host, RFC 9113, 8.3.1)");
            }
            if (host == null) {
                refuse(framing.field("host", named));
            } else if (!host.equalsIgnoreCase(named)) {
                throw malformed("Host: " + Tokens.printable(host) + " (expected: " + Tokens.printable(named)
                        + " as in :authority)");
            }
            return named;
        }

        private String checkedScheme() {
            String sent = scheme;
            if (sent == null || !sent.equals("http") && !sent.equals("https")) {
                throw malformed(
                        ":scheme: " + (sent == null ? "none" : Tokens.printable(sent)) + " (expected: http or https)");
            }
            if (sent.equals("https") != encrypted) {
                // RFC 9110, 7.4: a connection is good for the scheme by which it was opened.
                throw new BadRequestException(
                        421,
                        ":scheme: " + sent + " on a connection "
                                + (encrypted ? "with TLS (expected: https)" : "without TLS (expected: http)"));
            }
            return sent;
        }

        private String checkedTarget(String verb) {
            String sent = target;
            if (sent == null
                    || sent.isEmpty()
                    || sent.charAt(0) != '/' && !(sent.equals("*") && verb.equals("OPTIONS"))) {
                throw malformed(":path: " + (sent == null ? "none" : Tokens.printable(sent))
                        + " (expected: a path that begins with a slash)");
            }
            if (sent.length() > options.maxTargetLength()) {
                throw new BadRequestException(
                        414, "request target: longer than " + options.maxTargetLength() + " bytes");
            }
            if (!RequestRules.isTarget(sent)) {
                throw malformed(":path: " + Tokens.printable(sent)
                        + " (expected: characters of RFC 3986; others as % and two digits)");
            }
            return sent;
        }
    }
}
