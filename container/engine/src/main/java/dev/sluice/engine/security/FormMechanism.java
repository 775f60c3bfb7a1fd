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
    /** The note of a session with the request that waits for a login. */
    static final String SAVED = "dev.sluice.form.saved";

    /** The note with the request that waited, once its user has logged in. */
    private static final String DUE = "dev.sluice.form.due";

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
            session.notes().remove(DUE);
            session.notes().put(SAVED, saved);
            logins.waiting().add(session, saved, session.notes().containsKey(USUAL_INTERVAL));
        }
        exchange.response().setHeader("Cache-Control", "no-store");
        exchange.forward(loginPage);
    }

    private @Nullable SavedRequest save(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > options.maxSavedBody()) {
            return null;
        }
        // Whether there is a body only reading tells: HTTP/2 announces none.
        byte[] body = request.getInputStream().readNBytes(options.maxSavedBody() + 1);
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
        Session before = exchange.session(false);
        Object saved = before == null ? null : before.notes().get(SAVED);
        recorder.record(exchange, new Authentication(user, type()), true);
        Session session = exchange.session(false);
        if (session != null && session.notes().remove(USUAL_INTERVAL) instanceof Integer interval) {
            session.setMaxInactiveInterval(interval);
        }
        String target = request.getContextPath() + "/";
        if (session != null && session == before && saved instanceof SavedRequest waiting) {
            session.notes().put(DUE, waiting);
            target = waiting.target();
        }
        exchange.response().sendRedirect(exchange.response().encodeRedirectURL(target));
    }

    /** Puts the waiting request in the place of one that arrives where it was going. */
    void replay(SecuredRequest exchange) {
        Session session = exchange.session(false);
        if (session != null
                && session.notes().get(DUE) instanceof SavedRequest saved
                && exchange.request().getMethod().equals("GET")
                && withoutParameters(saved.uri())
                        .equals(withoutParameters(exchange.request().getRequestURI()))) {
            session.notes().remove(DUE);
            exchange.replay(saved);
        }
    }

    /** A session that is tracked by the URL has another id after the login. */
    private static String withoutParameters(String uri) {
        return uri.replaceAll(";[^/]*", "");
    }

    /** Somebody has logged in or out: what waited for another login never comes back. */
    static void forget(Session session, WaitingLogins waiting) {
        waiting.remove(session);
        session.notes().remove(SAVED);
        session.notes().remove(DUE);
    }

    /** How a login is written down. */
    interface LoginRecorder {
        void record(SecuredRequest exchange, Authentication authentication, boolean inSession);
    }
}
