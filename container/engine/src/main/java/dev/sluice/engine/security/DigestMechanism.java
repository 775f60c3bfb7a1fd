package dev.sluice.engine.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DIGEST (RFC 7616) with SHA-256 and, unless switched off, MD5; quality of protection {@code auth}. MD5 is offered last:
 * browsers before 2021 know nothing else, and a password guessed from an MD5 answer is guessed fast.
 */
final class DigestMechanism implements Mechanism {
    private static final String STALE = DigestMechanism.class.getName() + ".stale";

    private final Logins logins;
    private final String realmName;
    private final DigestNonces nonces;
    private final boolean md5;

    DigestMechanism(Logins logins, String realmName, DigestNonces nonces, boolean md5) {
        this.logins = logins;
        this.realmName = realmName;
        this.nonces = nonces;
        this.md5 = md5;
    }

    @Override
    public String type() {
        return HttpServletRequest.DIGEST_AUTH;
    }

    @Override
    public @Nullable Authentication identify(SecuredRequest exchange) throws RealmException {
        Credentials credentials = Credentials.parse(exchange.request().getHeader("Authorization"));
        Map<String, String> answer =
                credentials != null && credentials.scheme().equals("digest") ? credentials.parameters() : null;
        if (answer == null || !complete(answer, exchange.request())) {
            return null;
        }
        String algorithm = algorithm(answer);
        DigestNonces.Standing standing = nonces.check(value(answer, "nonce"));
        if (algorithm == null || standing == DigestNonces.Standing.FORGED) {
            return null;
        }
        String name = value(answer, "username");
        String address = exchange.request().getRemoteAddr();
        Realm.Digest known = logins.digest(name, realmName, algorithm, address);
        String expected = response(
                known == null ? "" : known.hash(), answer, exchange.request().getMethod(), algorithm);
        boolean right = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                value(answer, "response").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        if (known == null || !right) {
            logins.digestFailed(name, address);
            return null;
        }
        logins.digestSucceeded(name, address);
        boolean fresh = standing == DigestNonces.Standing.GOOD
                && nonces.use(value(answer, "nonce"), Long.parseLong(value(answer, "nc"), 16));
        if (!fresh) {
            exchange.request().setAttribute(STALE, Boolean.TRUE);
            return null;
        }
        return new Authentication(known.user(), type());
    }

    /** Whether every part is there and is about this request and this realm. */
    private boolean complete(Map<String, String> answer, HttpServletRequest request) {
        String query = request.getQueryString();
        String uri = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
        return answer.containsKey("username")
                && !value(answer, "cnonce").isEmpty()
                && value(answer, "realm").equals(realmName)
                && value(answer, "qop").equals("auth")
                && value(answer, "nc").matches("[0-9a-fA-F]{8}")
                && sameTarget(value(answer, "uri"), uri);
    }

    /** Proxies may have had the absolute form (RFC 7616, 3.4.6). */
    private static boolean sameTarget(String sent, String uri) {
        return sent.equals(uri)
                || sent.regionMatches(true, 0, "http", 0, 4)
                        && sent.indexOf('/', sent.indexOf("://") + 3) > 0
                        && sent.substring(sent.indexOf('/', sent.indexOf("://") + 3))
                                .equals(uri);
    }

    private @Nullable String algorithm(Map<String, String> answer) {
        String name = answer.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        return name.equals("SHA-256") || name.equals("MD5") && md5 ? name : null;
    }

    private static String response(String userHash, Map<String, String> answer, String method, String algorithm) {
        String request = hash(method + ":" + value(answer, "uri"), algorithm);
        return hash(
                String.join(
                        ":",
                        userHash,
                        value(answer, "nonce"),
                        value(answer, "nc"),
                        value(answer, "cnonce"),
                        value(answer, "qop"),
                        request),
                algorithm);
    }

    /** The lower-case hexadecimal hash of text in UTF-8. */
    static String hash(String text, String algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    private static String value(Map<String, String> answer, String name) {
        return answer.getOrDefault(name, "");
    }

    @Override
    public void challenge(SecuredRequest exchange) throws IOException {
        HttpServletResponse response = exchange.response();
        boolean stale = exchange.request().getAttribute(STALE) != null;
        exchange.request().removeAttribute(STALE);
        String nonce = nonces.issue();
        response.setHeader("WWW-Authenticate", challenge("SHA-256", nonce, stale));
        if (md5) {
            response.addHeader("WWW-Authenticate", challenge("MD5", nonce, stale));
        }
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }

    private String challenge(String algorithm, String nonce, boolean stale) {
        return "Digest realm=" + Credentials.quoted(realmName) + ", qop=\"auth\", algorithm=" + algorithm + ", nonce=\""
                + nonce + "\"" + (stale ? ", stale=true" : "") + ", charset=UTF-8";
    }
}
