package dev.sluice.engine.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** BASIC (RFC 7617), in UTF-8; what is no UTF-8 counts as ISO-8859-1, as older clients send it. */
final class BasicMechanism implements Mechanism {
    private final Logins logins;
    private final String challenge;

    BasicMechanism(Logins logins, String realmName) {
        this.logins = logins;
        this.challenge = "Basic realm=" + Credentials.quoted(realmName) + ", charset=\"UTF-8\"";
    }

    @Override
    public String type() {
        return HttpServletRequest.BASIC_AUTH;
    }

    @Override
    public @Nullable Authentication identify(SecuredRequest exchange) throws RealmException {
        Credentials credentials = Credentials.parse(exchange.request().getHeader("Authorization"));
        String pair = credentials != null && credentials.scheme().equals("basic") ? decode(credentials.rest()) : null;
        int colon = pair == null ? -1 : pair.indexOf(':');
        if (pair == null || colon < 0) {
            return null;
        }
        User user = logins.password(
                pair.substring(0, colon),
                pair.substring(colon + 1),
                exchange.request().getRemoteAddr());
        return user == null ? null : new Authentication(user, type());
    }

    private static @Nullable String decode(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void challenge(SecuredRequest exchange) throws IOException {
        exchange.response().setHeader("WWW-Authenticate", challenge);
        exchange.response().sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
