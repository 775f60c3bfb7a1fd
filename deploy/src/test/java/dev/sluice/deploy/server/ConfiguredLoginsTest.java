package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Passwords;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of a database and of a directory, by configuration alone. */
class ConfiguredLoginsTest {
    @TempDir
    Path directory;

    private Logins open(Map<String, String> settings) throws Exception {
        Configuration.Builder builder = Configuration.builder().environment(Map.of("BIND", "searching"));
        settings.forEach((key, value) -> builder.commandLine(key, value, "test"));
        return new ConfiguredLogins(builder.build(), new Installation(directory)).open();
    }

    private static @Nullable Object roles(Logins logins, String name, String password) throws Exception {
        var user = logins.password(name, password, "127.0.0.1");
        return user == null ? null : user.roles();
    }

    @Test
    void aDatabase() throws Exception {
        String url = "jdbc:h2:mem:realm;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url, "sa", "s3cr3t");
                Statement statement = connection.createStatement()) {
            statement.execute("create table users (name varchar(50) primary key, password varchar(200))");
            statement.execute("create table user_roles (name varchar(50), role varchar(50))");
            statement.execute("insert into user_roles values ('ann', 'boss'), ('ann', 'clerk')");
            try (PreparedStatement insert = connection.prepareStatement("insert into users values ('ann', ?)")) {
                insert.setString(1, Passwords.hash("right", 1000));
                insert.execute();
            }
            Logins logins = open(Map.of(
                    "realm.jdbc.driver", "org.h2.Driver",
                    "realm.jdbc.url", url,
                    "realm.jdbc.user", "sa",
                    "realm.jdbc.password", "s3cr3t"));
            assertThat(roles(logins, "ann", "right")).isEqualTo(Set.of("boss", "clerk"));
            assertThat(roles(logins, "ann", "wrong")).isNull();
            assertThat(roles(logins, "ann' or '1'='1", "right")).isNull();
            statement.execute("shutdown");
        }
    }

    @Test
    void aDirectory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example");
        config.addAdditionalBindCredentials("cn=search", "searching");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("test", InetAddress.getLoopbackAddress(), 0, null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example", "objectClass: domain", "dc: example");
        server.add("dn: ou=people,dc=example", "objectClass: organizationalUnit", "ou: people");
        server.add("dn: ou=groups,dc=example", "objectClass: organizationalUnit", "ou: groups");
        server.add(
                "dn: uid=ann,ou=people,dc=example",
                "objectClass: inetOrgPerson",
                "uid: ann",
                "cn: Ann",
                "sn: Ann",
                "userPassword: right");
        server.add(
                "dn: cn=boss,ou=groups,dc=example",
                "objectClass: groupOfNames",
                "cn: boss",
                "member: uid=ann,ou=people,dc=example");
        server.startListening();
        try {
            Logins logins = open(Map.of(
                    "realm.ldap.url", "ldap://127.0.0.1:" + server.getListenPort(),
                    "realm.ldap.bind-name", "cn=search",
                    "realm.ldap.bind-password", "env:BIND",
                    "realm.ldap.user-base", "ou=people,dc=example",
                    "realm.ldap.role-base", "ou=groups,dc=example"));
            assertThat(roles(logins, "ann", "right")).isEqualTo(Set.of("boss"));
            assertThat(roles(logins, "ann", "wrong")).isNull();
            assertThat(roles(logins, "a*", "right")).isNull();
        } finally {
            server.shutDown(true);
        }
    }

    @Test
    void mistakesAndWaitingRequestsAreBoundedByConfiguration() throws Exception {
        Logins logins = open(Map.of("login.failures-per-user-and-address", "1", "login.waiting", "7"));
        assertThat(roles(logins, "ann", "wrong")).isNull();
        assertThat(logins.waiting().statistics().waiting()).isZero();
    }
}
