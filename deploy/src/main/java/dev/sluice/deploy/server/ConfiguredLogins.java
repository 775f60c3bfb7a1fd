package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Key;
import dev.sluice.deploy.configuration.LoginKeys;
import dev.sluice.engine.naming.DataSources;
import dev.sluice.engine.security.JdbcRealm;
import dev.sluice.engine.security.LdapRealm;
import dev.sluice.engine.security.LoginThrottle;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.UsersFileRealm;
import dev.sluice.engine.security.WaitingLogins;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The users that the configuration names, and how many mistakes they may make. */
final class ConfiguredLogins {
    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Configuration configuration;
    private final Installation installation;
    private final InstantSource clock = InstantSource.system();

    ConfiguredLogins(Configuration configuration, Installation installation) {
        this.configuration = configuration;
        this.installation = installation;
    }

    /**
     * The logins.
     *
     * @throws IOException if the users' file cannot be read
     * @throws IllegalArgumentException if what the configuration says cannot be; the message names the key
     */
    Logins open() throws IOException {
        WaitingLogins.Limits waiting = new WaitingLogins.Limits(
                configuration.value(LoginKeys.LOGIN_WAITING),
                Math.max(1, configuration.value(LoginKeys.LOGIN_WAITING_BYTES)));
        return new Logins(
                realm(), new LoginThrottle(throttle(configuration), clock), new WaitingLogins(waiting), clock);
    }

    /** How many mistakes are free. */
    static LoginThrottle.Options throttle(Configuration configuration) {
        return LoginThrottle.Options.DEFAULT.with(
                configuration.value(LoginKeys.LOGIN_FAILURES_OF_PAIR),
                configuration.value(LoginKeys.LOGIN_FAILURES_OF_USER),
                configuration.value(LoginKeys.LOGIN_FAILURES_OF_ADDRESS),
                configuration.value(LoginKeys.LOGIN_LONGEST_LOCK));
    }

    private Realm realm() throws IOException {
        List<String> given = Stream.of(LoginKeys.USERS_FILE, LoginKeys.REALM_JDBC_URL, LoginKeys.REALM_LDAP_URL)
                .filter(key -> !configuration.value(key).isEmpty())
                .map(Key::name)
                .toList();
        if (given.isEmpty()) {
            return Realm.NOBODY;
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException(
                    String.join(" and ", given) + " are set (expected: one of them, where the users are)");
        }
        return switch (given.get(0)) {
            case "users-file" -> file();
            case "realm.jdbc.url" -> database();
            default -> directory();
        };
    }

    private Realm file() throws IOException {
        Path file = installation.resolve(configuration.value(LoginKeys.USERS_FILE));
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "users-file: " + file
                            + " does not exist or is no file (expected: a file with a user in each line; sluice password writes one)");
        }
        return new UsersFileRealm(file, clock);
    }

    private Realm database() throws IOException {
        String driver = configuration.value(LoginKeys.REALM_JDBC_DRIVER);
        if (driver.isEmpty()) {
            throw new IllegalArgumentException(
                    "realm.jdbc.driver is not set, but realm.jdbc.url is (expected: the class of its driver)");
        }
        // It lives as long as the server, so nobody closes it.
        DataSources sources = new DataSources(
                List.of(new DataSources.Definition(
                        "realm.jdbc",
                        driver,
                        configuration.value(LoginKeys.REALM_JDBC_URL),
                        configuration.value(LoginKeys.REALM_JDBC_USER),
                        configuration.value(LoginKeys.REALM_JDBC_PASSWORD),
                        CONNECTIONS,
                        PATIENCE)),
                drivers());
        try {
            DataSource source = sources.find("realm.jdbc");
            if (source == null) {
                throw new IllegalStateException(sources + " has no realm.jdbc");
            }
            return new JdbcRealm(
                    source,
                    configuration.value(LoginKeys.REALM_JDBC_PASSWORD_QUERY),
                    configuration.value(LoginKeys.REALM_JDBC_ROLES_QUERY));
        } catch (NamingException e) {
            throw new IllegalArgumentException("realm.jdbc: " + e.getMessage(), e);
        }
    }

    /** The loader of the jars in {@code lib/ext}; it lives as long as the server, like the realm. */
    private ClassLoader drivers() throws IOException {
        ClassLoader own = ConfiguredLogins.class.getClassLoader();
        Path directory = installation.resolve("lib/ext");
        if (!Files.isDirectory(directory)) {
            return own;
        }
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : files) {
                jars.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader("sluice-realm", jars.toArray(URL[]::new), own);
    }

    private Realm directory() {
        String base = configuration.value(LoginKeys.REALM_LDAP_USER_BASE);
        String url = configuration.value(LoginKeys.REALM_LDAP_URL);
        if (!url.startsWith("ldap://") && !url.startsWith("ldaps://")) {
            throw new IllegalArgumentException(
                    "realm.ldap.url: " + url + " (expected: ldaps:// or ldap://, a host and a port)");
        }
        return new LdapRealm(new LdapRealm.Options(
                url,
                configuration.value(LoginKeys.REALM_LDAP_BIND_NAME),
                configuration.value(LoginKeys.REALM_LDAP_BIND_PASSWORD),
                base,
                configuration.value(LoginKeys.REALM_LDAP_USER_FILTER),
                configuration.value(LoginKeys.REALM_LDAP_ROLE_BASE),
                configuration.value(LoginKeys.REALM_LDAP_ROLE_FILTER),
                configuration.value(LoginKeys.REALM_LDAP_ROLE_ATTRIBUTE),
                configuration.value(LoginKeys.REALM_LDAP_TIMEOUT)));
    }
}
