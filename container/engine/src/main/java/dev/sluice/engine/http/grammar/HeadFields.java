package dev.sluice.engine.http.grammar;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What decides about the framing of one request, collected from its head: RFC 9112, 6. Two statements about the length, or one that is
 * not exactly as the grammar has it, are refused, because somebody in front of us may have read them otherwise.
 */
public final class HeadFields {
    private static final int LONGEST_LENGTH = 18;

    private int version;
    private String target = "";
    private @Nullable String host;
    private String targetAuthority = "";
    private @Nullable String contentLength;
    private boolean chunked;
    private boolean upgrade;

    /** Forgets everything, for the next request. */
    public void clear() {
        version = 0;
        target = "";
        host = null;
        targetAuthority = "";
        contentLength = null;
        chunked = false;
        upgrade = false;
    }

    /**
     * Takes the request line.
     *
     * @param minorVersion of HTTP/1
     */
    public void requestLine(String requestTarget, int minorVersion) {
        target = requestTarget;
        version = minorVersion;
    }

    /** Whether the framing depends on a field with a name of this length; so that others need not be collected. */
    public static boolean matters(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "host", "content-length", "transfer-encoding", "upgrade", "expect" -> true;
            default -> false;
        };
    }

    /** Takes a field that matters. */
    public @Nullable Violation field(String lowerCaseName, String value) {
        return switch (lowerCaseName) {
            case "host" -> host(value);
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> transferEncoding(value);
            case "expect" -> expectation(value);
            default -> {
                upgrade = true;
                yield null;
            }
        };
    }

    private @Nullable Violation host(String value) {
        if (host != null) {
            return Violation.bad("Host: twice (expected: once)");
        }
        host = value;
        // RFC 9112, 3.2: empty if the target has no authority
        return value.isEmpty() || HostNames.isAuthority(value)
                ? null
                : Violation.bad("Host: " + Tokens.printable(value)
                        + " (expected: nothing, or a host name or address, and a port from 1 to 65535)");
    }

    private @Nullable Violation contentLength(String value) {
        if (contentLength != null) {
            return Violation.bad("Content-Length: twice (expected: once)");
        }
        contentLength = value;
        boolean digits = !value.isEmpty() && value.length() <= LONGEST_LENGTH;
        for (int i = 0; i < value.length(); i++) {
            digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        return digits
                ? null
                : Violation.bad("Content-Length: " + Tokens.printable(value) + " (expected: 1 to 18 digits)");
    }

    private @Nullable Violation transferEncoding(String value) {
        if (chunked) {
            return Violation.bad("Transfer-Encoding: twice (expected: once)");
        }
        chunked = true;
        return value.equalsIgnoreCase("chunked")
                ? null
                : Violation.bad("Transfer-Encoding: " + Tokens.printable(value) + " (expected: chunked)");
    }

    private static @Nullable Violation expectation(String value) {
        // RFC 9110, 10.1.1: an expectation that cannot be met.
        return value.equalsIgnoreCase("100-continue")
                ? null
                : new Violation(417, "Expect: " + Tokens.printable(value) + " (expected: 100-continue)");
    }

    /** The head is complete: what is wrong with it as a whole, or null. */
    public @Nullable Violation check() {
        if (chunked && contentLength != null) {
            return Violation.bad("Content-Length beside Transfer-Encoding (expected: one of them)");
        }
        if (chunked && version == 0) {
            return Violation.bad("Transfer-Encoding in HTTP/1.0 (expected: Content-Length)");
        }
        if (host == null && version == 1) {
            return Violation.bad("no Host field (expected: one in each HTTP/1.1 request)");
        }
        return checkTarget();
    }

    private @Nullable Violation checkTarget() {
        if (target.startsWith("/") || target.equals("*")) {
            return null;
        }
        int authority = target.indexOf("://") + 3;
        String scheme = authority < 3 ? "" : target.substring(0, authority - 3).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Violation.bad("request target: " + Tokens.printable(target)
                    + " (expected: a path that begins with a slash, or an http or https URL)");
        }
        String named = HostNames.authorityAt(target, authority);
        if (!HostNames.isAuthority(named)) {
            return Violation.bad("authority of the request target: " + Tokens.printable(named)
                    + " (expected: a host name or address, without user information)");
        }
        if (host != null && !host.equalsIgnoreCase(named)) {
            return Violation.bad(
                    "Host: " + Tokens.printable(host) + " (expected: " + named + " as in the request target)");
        }
        targetAuthority = named;
        return null;
    }

    /** Which host and port the checked request is for, from Host or target, which agree; empty if neither says. */
    public String authority() {
        return host == null ? targetAuthority : host;
    }

    /** Bytes of a body with a known length; -1 for chunks. */
    public long bodyLength() {
        return chunked ? -1 : contentLength == null ? 0 : Long.parseLong(contentLength);
    }

    /** Whether the connection may leave HTTP after this request. */
    public boolean mayUpgrade() {
        return upgrade;
    }
}
