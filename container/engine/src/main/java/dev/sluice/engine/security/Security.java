package dev.sluice.engine.security;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.header.LocationPath;
import dev.sluice.engine.security.Decision.Access;
import dev.sluice.engine.session.Session;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The security of one application: constraints, one mechanism, the users of a realm (Servlet 6.1, 13). The servlet core
 * asks {@link #admit} before the filters of a request that a client has sent; forwards, includes and error pages are not
 * asked about (13.2). Identity lives in the request and the session. Safe for use by many threads.
 */
public final class Security {
    private static final System.Logger LOG = System.getLogger("dev.sluice.security");
    private static final String LOGIN = "dev.sluice.login";
    private static final String LOGIN_NAME = "dev.sluice.login.name";

    private final Constraints constraints;
    private final @Nullable Mechanism mechanism;
    private final Logins logins;
    private final Set<String> declaredRoles;
    private final IntSupplier confidentialPort;
    private final PushIdentities pushes;

    /**
     * The security of an application.
     *
     * @param constraints of the descriptor and of {@code @ServletSecurity}
     * @param denyUncovered Servlet 6.1, 13.8.4.2
     * @param login null: the application has no login-config
     * @param confidentialPort the port of a listener with TLS, 0 if there is none; asked with each request that needs it
     * @throws IllegalArgumentException if the login-config names an unknown mechanism, or FORM without its pages
     */
    public Security(
            List<SecurityConstraint> constraints,
            boolean denyUncovered,
            @Nullable LoginDescriptor login,
            Set<String> declaredRoles,
            Logins logins,
            SecurityOptions options,
            IntSupplier confidentialPort,
            InstantSource clock) {
        this.constraints = new Constraints(constraints, denyUncovered, declaredRoles);
        this.mechanism = mechanism(login, logins, options, clock);
        this.logins = logins;
        this.declaredRoles = Set.copyOf(declaredRoles);
        this.confidentialPort = confidentialPort;
        this.pushes = new PushIdentities(clock);
    }

    private static @Nullable Mechanism mechanism(
            @Nullable LoginDescriptor login, Logins logins, SecurityOptions options, InstantSource clock) {
        if (login == null || login.authMethod() == null) {
            return login == null ? null : new BasicMechanism(logins, realmName(login));
        }
        return switch (login.authMethod().toUpperCase(Locale.ROOT)) {
            case "BASIC" -> new BasicMechanism(logins, realmName(login));
            case "DIGEST" ->
                new DigestMechanism(
                        logins, realmName(login), new DigestNonces(clock, options.nonceTime()), options.md5());
            case "CLIENT-CERT", "CLIENT_CERT" -> new CertificateMechanism(logins);
            case "FORM" -> {
                if (login.formLoginPage() == null || login.formErrorPage() == null) {
                    throw new IllegalArgumentException("login-config with FORM: form-login-page "
                            + login.formLoginPage() + ", form-error-page " + login.formErrorPage()
                            + " (expected: both)");
                }
                yield new FormMechanism(logins, login.formLoginPage(), login.formErrorPage(), options);
            }
            default ->
                throw new IllegalArgumentException("auth-method " + login.authMethod()
                        + " is not known (expected: BASIC, FORM, DIGEST or CLIENT-CERT)");
        };
    }

    private static String realmName(LoginDescriptor login) {
        return login.realmName() == null || login.realmName().isBlank() ? "Authentication required" : login.realmName();
    }

    /** What the constraints say, without a request: for the console. */
    public Constraints constraints() {
        return constraints;
    }

    /**
     * Logs the methods that no constraint covers though others on the same pattern are covered (Servlet 6.1, 13.8.4).
     *
     * @param application how the log calls it
     */
    public void warnOfUncovered(String application) {
        boolean denied = constraints.denyUncovered();
        constraints
                .uncovered()
                .forEach((pattern, methods) -> LOG.log(
                        denied ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                        application + ": the methods " + methods + " on " + pattern
                                + " are covered by no security constraint, so "
                                + (denied
                                        ? "they are refused (deny-uncovered-http-methods)"
                                        : "anybody may use them (expected: a constraint without http-method, or"
                                                + " deny-uncovered-http-methods)")));
    }

    /**
     * Whether a request may go on to the filters and the servlet; if not, it has been answered: with a redirect to TLS, a
     * challenge, a login page or 403.
     */
    public boolean admit(SecuredRequest exchange) throws IOException, ServletException {
        restore(exchange);
        if (mechanism instanceof FormMechanism form) {
            if (form.isCheck(exchange)) {
                asked(() -> form.check(exchange, this::record));
                return false;
            }
            if (exchange.authentication() != null) {
                // Before the constraints: they must see the method that will be executed.
                form.replay(exchange);
            }
        }
        Decision decision =
                constraints.decide(exchange.path(), exchange.request().getMethod());
        if (decision == Decision.OPEN) {
            return true;
        }
        if (decision.access() == Access.NOBODY) {
            return refuse(exchange);
        }
        if (decision.confidential() && !exchange.request().isSecure()) {
            return redirectToTls(exchange);
        }
        if (decision.access() == Access.EVERYBODY
                || mechanism instanceof FormMechanism form && form.isOwnPage(exchange.path())) {
            return true;
        }
        preventCaching(exchange);
        if (exchange.authentication() == null && !identify(exchange)) {
            return challenge(exchange);
        }
        Authentication known = exchange.authentication();
        boolean allowed = decision.access() == Access.AUTHENTICATED
                || known != null
                        && decision.roles().stream().anyMatch(known.user().roles()::contains);
        return allowed || refuse(exchange);
    }

    private static boolean refuse(SecuredRequest exchange) throws IOException {
        exchange.response().sendError(HttpServletResponse.SC_FORBIDDEN);
        return false;
    }

    private boolean redirectToTls(SecuredRequest exchange) throws IOException {
        String origin = exchange.confidentialOrigin(confidentialPort.getAsInt());
        if (origin == null) {
            return refuse(exchange);
        }
        HttpServletRequest request = exchange.request();
        String query = request.getQueryString();
        exchange.response()
                .sendRedirect(origin + LocationPath.of(request.getRequestURI()) + (query == null ? "" : "?" + query));
        return false;
    }

    /** Shared caches must not keep what only some may see; the application may say otherwise. */
    private static void preventCaching(SecuredRequest exchange) {
        if (!exchange.response().containsHeader("Cache-Control")) {
            exchange.response().setHeader("Cache-Control", "private");
        }
    }

    private boolean identify(SecuredRequest exchange) throws IOException, ServletException {
        Mechanism used = mechanism;
        if (used == null) {
            return false;
        }
        asked(() -> {
            Authentication found = used.identify(exchange);
            if (found != null) {
                record(exchange, found, false);
            }
        });
        return exchange.authentication() != null;
    }

    private boolean challenge(SecuredRequest exchange) throws IOException, ServletException {
        if (mechanism == null) {
            return refuse(exchange);
        }
        mechanism.challenge(exchange);
        return false;
    }

    /** {@code HttpServletRequest.authenticate}: true if the user is known, else the challenge has been sent. */
    public boolean authenticate(SecuredRequest exchange) throws IOException, ServletException {
        if (exchange.authentication() != null) {
            return true;
        }
        if (exchange.response().isCommitted()) {
            throw new IllegalStateException(
                    "authenticate() after the response was committed (expected: before); no challenge can be sent");
        }
        return identify(exchange) || challenge(exchange);
    }

    /**
     * {@code HttpServletRequest.login}.
     *
     * @throws ServletException if somebody is logged in, the mechanism takes no passwords, or this one is wrong
     */
    public void login(SecuredRequest exchange, @Nullable String name, @Nullable String password)
            throws ServletException {
        if (exchange.authentication() != null) {
            throw new ServletException("login() while a user is logged in (expected: logout() before)");
        }
        if (mechanism != null && !mechanism.takesPassword()) {
            throw new ServletException(
                    "login() in an application with " + mechanism.type() + " (expected: a mechanism with passwords)");
        }
        User user;
        try {
            user = name == null || password == null
                    ? null
                    : logins.password(name, password, exchange.request().getRemoteAddr());
        } catch (RealmException e) {
            throw new ServletException("login() failed: " + e.getMessage(), e);
        }
        if (user == null) {
            throw new ServletException("login() failed: user and password do not belong together");
        }
        String type = mechanism == null ? HttpServletRequest.BASIC_AUTH : mechanism.type();
        record(exchange, new Authentication(user, type), exchange.session(false) != null);
    }

    /** {@code HttpServletRequest.logout}: nobody is logged in any longer, in the session neither. */
    public void logout(SecuredRequest exchange) {
        exchange.authentication(null);
        Session session = exchange.session(false);
        if (session != null) {
            session.notes().remove(LOGIN);
            session.notes().remove(LOGIN_NAME);
            FormMechanism.forget(session, logins.waiting());
        }
    }

    /** Credentials that make a pushed request one of the same user; good for one request. */
    public String pushCredentials(Authentication known) {
        return pushes.issue(known);
    }

    /** Whether a value of Authorization came from {@link #pushCredentials}. */
    public static boolean arePushCredentials(@Nullable String value) {
        return PushIdentities.isOurs(value);
    }

    /** Takes over who logged in during an earlier request of the session, or who sent the request that pushes this one. */
    private void restore(SecuredRequest exchange) {
        if (exchange.authentication() == null) {
            Session session = exchange.session(false);
            if (session != null && session.notes().get(LOGIN) instanceof Authentication known) {
                exchange.authentication(known);
            }
        }
        if (exchange.authentication() == null) {
            Authentication pushed = pushes.take(exchange.request().getHeader("Authorization"));
            if (pushed != null) {
                exchange.authentication(pushed);
            }
        }
    }

    /**
     * Writes a login down: in the request, and in the session if it shall last; the session gets a new id when somebody
     * else than before logs in, so that an id planted before the login is worth nothing after it.
     */
    private void record(SecuredRequest exchange, Authentication authentication, boolean inSession) {
        exchange.authentication(authentication);
        Session before = exchange.session(false);
        Session session = before == null && inSession ? exchange.session(true) : before;
        if (session == null) {
            return;
        }
        String name = authentication.user().name();
        boolean another = !name.equals(session.notes().put(LOGIN_NAME, name));
        FormMechanism.forget(session, logins.waiting());
        if (inSession) {
            session.notes().put(LOGIN, authentication);
        }
        if (before != null && another) {
            exchange.changeSessionId();
        }
    }

    /**
     * {@code HttpServletRequest.isUserInRole} (Servlet 6.1, 13.3).
     *
     * @param references role-name to role-link of the servlet that asks
     */
    public boolean inRole(@Nullable Authentication known, String role, Map<String, String> references) {
        if (known == null || role.equals("*")) {
            return false;
        }
        String linked = references.getOrDefault(role, role);
        if (linked.equals("**") && !declaredRoles.contains("**")) {
            return true;
        }
        return known.user().roles().contains(linked);
    }

    private static void asked(Question question) throws IOException, ServletException {
        try {
            question.ask();
        } catch (RealmException e) {
            LOG.log(System.Logger.Level.ERROR, e.getMessage(), e);
            throw new ServletException(e.getMessage(), e);
        }
    }

    /** Something that needs the realm. */
    private interface Question {
        void ask() throws IOException, ServletException, RealmException;
    }
}
