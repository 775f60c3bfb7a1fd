package dev.sluice.engine.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who sent a request, as far as that is known (Servlet 6.1, 13.3). Kept in the request, never in a thread. */
final class RequestIdentity {
    private final HttpRequest request;

    RequestIdentity(HttpRequest request) {
        this.request = request;
    }

    @Nullable
    Principal principal() {
        return null;
    }

    @Nullable
    String authType() {
        return null;
    }

    boolean inRole(String role) {
        return false;
    }

    boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return false;
    }

    void login(String user, String password) throws ServletException {
        throw new ServletException("login failed for " + request);
    }

    void logout() throws ServletException {}
}
