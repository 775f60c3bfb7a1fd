package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import dev.sluice.engine.fixture.TestClock;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The realms that come with the container: a file, a database, a directory. */
class RealmTest {
    /** Of "secret", by bcrypt and by PBKDF2 with few iterations. */
    private static final String BCRYPT = BCrypt.withDefaults().hashToString(4, "secret".toCharArray());

    private static final String PBKDF2 = Passwords.hash("secret", 1000);

    @TempDir
    Path directory;

    @Nested
    class Hashes {
        @Test
        void verify() {
            for (String hash :
                    new String[] {BCRYPT, PBKDF2, BCRYPT.replace("$2a$", "$2b$"), BCRYPT.replace("$2a$", "$2y$")}) {
                assertThat(Passwords.verify("secret", hash)).as(hash).isTrue();
                assertThat(Passwords.verify("Secret", hash)).as(hash).isFalse();
                assertThat(Passwords.verify("", hash)).as(hash).isFalse();
            }
        }

        @Test
        void areSaltedAndStrong() {
            assertThat(Passwords.hash("secret"))
                    .isNotEqualTo(Passwords.hash("secret"))
                    .startsWith("pbkdf2-sha256$600000$");
        }

        @Test
        void aLongPasswordIsNoError() {
            assertThat(Passwords.verify("x".repeat(1000), BCRYPT)).isFalse();
        }

        /** RFC 7914, 11. */
        @Test
        void agreeWithTheStandard() {
            String salt = Base64.getEncoder().encodeToString("salt".getBytes(StandardCharsets.US_ASCII));
            String hash = Base64.getEncoder()
                    .encodeToString(HexFormat.of()
                            .parseHex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                                    + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"));
            assertThat(Passwords.verify("passwd", "pbkdf2-sha256$1$" + salt + "$" + hash))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "secret",
                    "",
                    "$2a$04$short",
                    "pbkdf2-sha256$0$YQ$YQ",
                    "pbkdf2-sha256$99999999$YQ$YQ",
                    "{SHA}x"
                })
        void otherTextIsNone(String text) {
            assertThat(Passwords.isHash(text)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> Passwords.verify("x", text));
        }
    }

    @Nested
    class UsersFile {
        private final TestClock clock = new TestClock();

        private UsersFileRealm realm(String content) throws Exception {
            return new UsersFileRealm(Files.writeString(directory.resolve("users"), content), clock);
        }

        @Test
        void reads() throws Exception {
            UsersFileRealm realm = realm("# users\n\nalice:" + BCRYPT + ":boss, worker\nbob : " + PBKDF2 + ":\n"
                    + "carl:-:boss:SHA-256=ABCD,md5=ef\n");
            assertThat(realm.authenticate("alice", "secret")).isEqualTo(User.of("alice", Set.of("boss", "worker")));
        }

        @Test
        void checks() throws Exception {
            UsersFileRealm realm =
                    realm("alice:" + BCRYPT + ":boss\nbob:" + PBKDF2 + ":\ncarl:-:boss:SHA-256=ABCD,md5=ef\n");
            assertThat(realm.authenticate("bob", "secret")).isNotNull();
            assertThat(realm.authenticate("alice", "wrong")).isNull();
            assertThat(realm.authenticate("carl", "nobody")).isNull();
            assertThat(realm.authenticate("nobody", "nobody")).isNull();
            assertThat(realm.digest("carl", "r", "SHA-256")).extracting("hash").isEqualTo("abcd");
            assertThat(realm.digest("carl", "r", "MD5")).extracting("hash").isEqualTo("ef");
            assertThat(realm.digest("alice", "r", "MD5")).isNull();
        }

        @Test
        void aMissingFileHasNobody() throws Exception {
            assertThat(new UsersFileRealm(directory.resolve("none"), clock).authenticate("alice", "secret"))
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "alice",
                    "alice:secret:boss",
                    ":-:x",
                    "alice:-:x\nalice:-:y",
                    "CN=,x= issued by CN=x:-:x",
                    "CN=x:-:x",
                    "sha256=abc:-:x",
                    "a:-:x:y",
                    "a:-:b:c:d"
                })
        void anErrorNamesTheLine(String line) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> realm("\n" + line))
                    .withMessageContaining("line ")
                    .withMessageNotContaining("secret");
        }

        @Test
        void aChangeIsSeenAndAnErrorKeepsTheOldUsers() throws Exception {
            UsersFileRealm realm = realm("alice:" + PBKDF2 + ":\n");
            rewrite("bob:" + PBKDF2 + ":\n", 1);
            assertThat(realm.authenticate("bob", "secret")).isNull();
            clock.pass(Duration.ofSeconds(1));
            assertThat(realm.authenticate("bob", "secret")).isNotNull();
            rewrite("broken", 2);
            clock.pass(Duration.ofSeconds(1));
            assertThat(realm.authenticate("bob", "secret")).isNotNull();
        }

        private void rewrite(String content, int seconds) throws Exception {
            Path file = Files.writeString(directory.resolve("users"), content);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(seconds)));
        }
    }

    @Nested
    class Database {
        @Test
        void checks() throws Exception {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:realm;DB_CLOSE_DELAY=-1");
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table users(name varchar(99) primary key, password varchar(999))");
                statement.execute("create table roles(name varchar(99), role varchar(99))");
                statement.execute("insert into users values('alice', '" + PBKDF2 + "'), ('plain', 'secret')");
                statement.execute("insert into roles values('alice', 'boss'), ('alice', 'worker'), ('bob', 'x')");
            }
            JdbcRealm realm = new JdbcRealm(
                    source, "select password from users where name = ?", "select role from roles where name = ?");
            assertThat(realm.authenticate("alice", "secret")).isEqualTo(User.of("alice", Set.of("boss", "worker")));
            assertThat(realm.authenticate("alice", "wrong")).isNull();
            assertThat(realm.authenticate("plain", "secret"))
                    .as("a password that is no hash")
                    .isNull();
            assertThat(realm.authenticate("' or '1'='1", "secret")).isNull();
            JdbcRealm broken = new JdbcRealm(source, "select nothing from nowhere where x = ?", "");
            assertThatExceptionOfType(RealmException.class).isThrownBy(() -> broken.authenticate("alice", "secret"));
        }
    }

    @Nested
    class Directory {
        @Test
        void checks() throws Exception {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=test");
            config.addAdditionalBindCredentials("cn=reader", "reading");
            config.setSchema(null);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("l", InetAddress.getLoopbackAddress(), 0, null));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: dc=test", "objectClass: domain", "dc: test");
            server.add("dn: uid=alice,dc=test", "objectClass: person", "uid: alice", "userPassword: secret");
            server.add("dn: cn=boss,dc=test", "objectClass: group", "cn: boss", "member: uid=alice,dc=test");
            server.startListening();
            try {
                LdapRealm realm = realm("ldap://127.0.0.1:" + server.getListenPort());
                assertThat(realm.authenticate("alice", "secret")).isEqualTo(User.of("alice", Set.of("boss")));
                for (@Nullable
                String[] wrong : new String[][] {
                    {"alice", "wrong"},
                    {"alice", ""},
                    {"", "secret"},
                    {"*", "secret"},
                    {"alice)(uid=*", "secret"},
                    {"bob", "x"}
                }) {
                    assertThat(realm.authenticate(wrong[0], wrong[1]))
                            .as(wrong[0])
                            .isNull();
                }
            } finally {
                server.shutDown(true);
            }
            assertThatExceptionOfType(RealmException.class)
                    .isThrownBy(() ->
                            realm("ldap://127.0.0.1:" + server.getListenPort()).authenticate("alice", "secret"))
                    .withMessageNotContaining("reading");
        }

        private LdapRealm realm(String url) {
            return new LdapRealm(new LdapRealm.Options(
                    url,
                    "cn=reader",
                    "reading",
                    "dc=test",
                    "(uid={0})",
                    "dc=test",
                    "(member={0})",
                    "cn",
                    Duration.ofSeconds(60)));
        }
    }
}
