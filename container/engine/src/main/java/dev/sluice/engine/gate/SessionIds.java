package dev.sluice.engine.gate;

import dev.sluice.engine.http.HttpExchange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The session id that a request carries for an application, to find the version that knows it. */
final class SessionIds {
    private SessionIds() {}

    static @Nullable String sent(HttpExchange exchange, Mount mount) {
        String name = mount.application().sessionCookie();
        for (String cookies : exchange.requestHeaders().all("Cookie")) {
            String id = cookie(cookies, name);
            if (id != null) {
                return id;
            }
        }
        return exchange.path().parameter(name.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String cookie(String cookies, String name) {
        for (String pair : cookies.split(";", -1)) {
            String trimmed = pair.strip();
            if (trimmed.length() > name.length() && trimmed.startsWith(name) && trimmed.charAt(name.length()) == '=') {
                String value = trimmed.substring(name.length() + 1);
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return null;
    }
}
