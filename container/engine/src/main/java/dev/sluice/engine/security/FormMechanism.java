package dev.sluice.engine.security;

import dev.sluice.engine.session.Session;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * FORM (Servlet 6.1, 13.6.3). The request that needs a login waits in the session, body included; the login page is
 * forwarded to; the form's POST to {@code j_security_check} is checked here; then the client is sent to where it was
 * going, and the waiting request takes the place of the one that arrives there.
 */
final class FormMechanism implements Mechanism {
    private static final String SAVED = "dev.sluice.form.saved";
    private static final String USUAL_INTERVAL = "dev.sluice.form.interval";
    private static final String CHECK = "/j_security_check";

    private final Logins logins;
    private final String loginPage;
    private final String errorPage;
    private final SecurityOptions options;

    FormMechanism(Logins logins, String loginPage, String errorPage, SecurityOptions options) {
        this.logins = logins;
        this.loginPage = loginPage;
        this.errorPage = errorPage;
        this.options = options;
    }

    @Override
    public String type() {
        return HttpServletRequest.FORM_AUTH;
    }

    /** Who is logged in is known from the session, which is looked at before. */
    @Override
    public @Nullable Authentication identify(SecuredRequest exchange) {
        return null;
    }

    /** Whether the request is the login form's. */
    boolean isCheck(SecuredRequest exchange) {
        return exchange.path().endsWith(CHECK) && exchange.request().getMethod().equals("POST");
    }

    /** Login and error page answer to direct requests too, whatever the constraints say: a browser may reload them. */
    boolean isOwnPage(String path) {
        return path.equals(withoutQuery(loginPage)) || path.equals(withoutQuery(errorPage));
    }

    private static String withoutQuery(String page) {
        int query = page.indexOf('?');
        return query < 0 ? page : page.substring(0, query);
    }

    @Override
    public void challenge(SecuredRequest exchange) throws IOException, ServletException {
        SavedRequest saved = save(exchange.request());
        if (saved == null) {
            exchange.response()
                    .sendError(
                            HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                            "The body is too large to be kept during the login; log in first");
            return;
        }
        Session session = exchange.session(true);
        if (session != null) {
            if (session.isNew()) {
                session.notes().put(USUAL_INTERVAL, session.getMaxInactiveInterval());
                session.setMaxInactiveInterval((int) options.loginTime().toSeconds());
            }
            session.notes().put(SAVED, saved);
        }
        exchange.response().setHeader("Cache-Control", "no-store");
        exchange.forward(loginPage);
    }

    private @Nullable SavedRequest save(HttpServletRequest request) throws IOException {
        byte[] body = new byte[0];
        if (request.getContentLengthLong() > options.maxSavedBody()) {
            return null;
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            body = request.getInputStream().readNBytes(options.maxSavedBody() + 1);
        }
        return body.length > options.maxSavedBody()
                ? null
                : new SavedRequest(
                        request.getMethod(),
                        request.getRequestURI(),
                        request.getQueryString(),
                        request.getContentType(),
                        body);
    }

    /** Answers the login form. */
    void check(SecuredRequest exchange, LoginRecorder recorder) throws IOException, ServletException, RealmException {
        HttpServletRequest request = exchange.request();
        String name = request.getParameter("j_username");
        String password = request.getParameter("j_password");
        User user = name == null || password == null ? null : logins.password(name, password, request.getRemoteAddr());
        if (user == null) {
            exchange.response().setHeader("Cache-Control", "no-store");
            exchange.forward(errorPage);
            return;
        }
        recorder.record(exchange, new Authentication(user, type()), true);
        Session session = exchange.session(false);
        Object saved = session == null ? null : session.notes().get(SAVED);
        if (session != null && session.notes().remove(USUAL_INTERVAL) instanceof Integer interval) {
            session.setMaxInactiveInterval(interval);
        }
        String target = saved instanceof SavedRequest waiting ? waiting.target() : request.getContextPath() + "/";
        exchange.response().sendRedirect(exchange.response().encodeRedirectURL(target));
    }

    /** Puts the waiting request in the place of one that arrives where it was going. */
    void replay(SecuredRequest exchange) {
        Session session = exchange.session(false);
        if (session != null
                && session.notes().get(SAVED) instanceof SavedRequest saved
                && exchange.request().getMethod().equals("GET")
                && saved.uri().equals(exchange.request().getRequestURI())) {
            session.notes().remove(SAVED);
            exchange.replay(saved);
        }
    }

    /** How a login is written down. */
    interface LoginRecorder {
        void record(SecuredRequest exchange, Authentication authentication, boolean inSession);
    }
}
