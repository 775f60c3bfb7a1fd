package dev.sluice.engine.servlet;

import dev.sluice.engine.application.CallContext;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.security.Authentication;
import dev.sluice.engine.security.SavedRequest;
import dev.sluice.engine.security.SecuredRequest;
import dev.sluice.engine.session.Session;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who sent a request, as far as that is known (Servlet 6.1, 13.3). Kept in the request, never in a thread. One thread at a time. */
final class RequestIdentity implements SecuredRequest {
    private final HttpRequest request;
    private @Nullable Authentication authentication;
    private @Nullable String path;

    RequestIdentity(HttpRequest request) {
        this.request = request;
    }

    /**
     * Whether the request may go on to the filters; if not, it was answered. Where a welcome file stands in for a directory, both paths must be
     * allowed.
     *
     * @param requested the path inside the application that the client asked for
     */
    boolean admitted(String requested) throws IOException, ServletException {
        path = requested;
        if (!request.home().security().admit(this)) {
            return false;
        }
        String served = request.frame().path();
        if (served.equals(requested) || served.isEmpty()) {
            return true;
        }
        path = served;
        return request.home().security().admit(this);
    }

    @Nullable
    Principal principal() {
        return authentication == null ? null : authentication.user().principal();
    }

    @Nullable
    String authType() {
        return authentication == null ? null : authentication.type();
    }

    boolean inRole(String role) {
        return request.home()
                .security()
                .inRole(authentication, role, request.frame().servlet().roleReferences());
    }

    boolean authenticate() throws IOException, ServletException {
        return request.home().security().authenticate(this);
    }

    void login(String user, String password) throws ServletException {
        request.home().security().login(this, user, password);
    }

    void logout() {
        request.home().security().logout(this);
    }

    @Override
    public HttpServletRequest request() {
        return request;
    }

    @Override
    public HttpServletResponse response() {
        return request.response();
    }

    @Override
    public String path() {
        String known = path;
        return known == null ? request.frame().path() : known;
    }

    @Override
    public @Nullable Session session(boolean create) {
        return request.sessions().get(request.home(), create);
    }

    @Override
    public @Nullable String confidentialOrigin(int tlsPort) {
        return Origin.confidential(request.exchange(), tlsPort);
    }

    @Override
    public void changeSessionId() {
        request.sessions().changeId();
    }

    @Override
    public @Nullable Authentication authentication() {
        return authentication;
    }

    @Override
    public void authentication(@Nullable Authentication value) {
        authentication = value;
        request.exchange().user(value == null ? null : value.user().name());
        if (value == null) {
            request.exchange().attributes().remove(CallContext.PRINCIPAL);
        } else {
            request.exchange()
                    .attributes()
                    .put(CallContext.PRINCIPAL, value.user().principal());
        }
    }

    @Override
    public void forward(String page) throws ServletException, IOException {
        Dispatcher dispatcher = Dispatcher.toPath(request.home(), page);
        if (dispatcher == null) {
            throw new ServletException(
                    "The page " + page + " of the login-config is no path (expected: one with a leading slash)");
        }
        request.method("GET");
        try {
            dispatcher.forward(request, request.response());
        } finally {
            request.method(null);
        }
    }

    @Override
    public void replay(SavedRequest saved) {
        Frame frame = request.frame();
        request.method(saved.method());
        request.frame(frame.withQuery(saved.query()));
        Headers headers = request.exchange().requestHeaders();
        headers.remove("Transfer-Encoding");
        headers.remove("Content-Type");
        if (saved.contentType() != null) {
            headers.set("Content-Type", saved.contentType());
        }
        request.body().replay(saved.body());
        request.parameters().forget(saved.query());
    }
}
