package dev.sluice.engine.security;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.fixture.Context;
import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.TestClock;
import dev.sluice.engine.session.SessionListeners;
import dev.sluice.engine.session.SessionOptions;
import dev.sluice.engine.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An application with {@code /secret/*} for bosses, {@code /any/*} for users, {@code /tls/*} for everybody by TLS and
 * {@code /none/*} for nobody; users alice (boss) and bob, each with the name backwards as password.
 */
final class SecurityFixture implements Realm {
    static final String REALM = "the \"realm\"";

    final TestClock clock = new TestClock();
    final AtomicInteger asked = new AtomicInteger();
    final Sessions sessions = new Sessions(
            SessionOptions.DEFAULT,
            new Context().view(),
            SecurityFixture.class.getClassLoader(),
            new SessionListeners(),
            null,
            clock);
    final Logins logins;
    final Security security;
    private @Nullable X509Certificate certificate;

    SecurityFixture(@Nullable String method) {
        this(method, SecurityOptions.DEFAULT, 8443);
    }

    SecurityFixture(@Nullable String method, SecurityOptions options, int tlsPort) {
        this(method, options, tlsPort, WaitingLogins.Limits.DEFAULT);
    }

    SecurityFixture(@Nullable String method, WaitingLogins.Limits waiting) {
        this(method, SecurityOptions.DEFAULT, 8443, waiting);
    }

    private SecurityFixture(
            @Nullable String method, SecurityOptions options, int tlsPort, WaitingLogins.Limits waiting) {
        logins = new Logins(
                this, new LoginThrottle(LoginThrottle.Options.DEFAULT, clock), new WaitingLogins(waiting), clock);
        LoginDescriptor login =
                method == null ? null : new LoginDescriptor(method, REALM, "/login.html", "/error.html?again");
        security = new Security(
                List.of(
                        constraint("/secret/*", Set.of("boss"), Transport.NONE),
                        constraint("/any/*", Set.of("**"), Transport.NONE),
                        constraint("/tls/*", null, Transport.CONFIDENTIAL),
                        constraint("/none/*", Set.of(), Transport.NONE)),
                false,
                login,
                Set.of("boss"),
                logins,
                options,
                () -> tlsPort,
                clock);
    }

    private static SecurityConstraint constraint(String pattern, @Nullable Set<String> roles, Transport transport) {
        return new SecurityConstraint(
                List.of(new ResourceCollection("c", List.of(pattern), Set.of(), Set.of())), roles, transport);
    }

    SecurityFixture certificateOfAlice(X509Certificate value) {
        certificate = value;
        return this;
    }

    Exchange get(String target) {
        return exchange(new Request("GET", target), null);
    }

    Exchange exchange(Request request, @Nullable String sessionId) {
        return new Exchange(request, sessions, sessionId);
    }

    static String basic(String user, String password) {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static User user(String name) {
        return User.of(name, name.equals("alice") ? Set.of("boss") : Set.of("worker"));
    }

    private static final Map<String, String> PASSWORDS =
            Map.of("alice", "ecila", "bob", "bob", "j\u00f6rg", "gr\u00f6j");

    @Override
    public @Nullable User authenticate(String name, String password) {
        asked.incrementAndGet();
        return password.equals(PASSWORDS.get(name)) ? user(name) : null;
    }

    @Override
    public @Nullable User authenticate(X509Certificate sent) {
        return sent.equals(certificate) ? user("alice") : null;
    }

    @Override
    public Realm.@Nullable Digest digest(String name, String realmName, String algorithm) {
        String password = PASSWORDS.get(name);
        return password == null
                ? null
                : new Realm.Digest(
                        user(name), DigestMechanism.hash(name + ":" + realmName + ":" + password, algorithm));
    }
}
