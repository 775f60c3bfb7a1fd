package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.TestClock;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CLIENT-CERT (Servlet 6.1, 13.6.4). */
class ClientCertificateTest {
    private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";
    private static X509Certificate good;
    private static X509Certificate expired;

    @TempDir
    static Path directory;

    @BeforeAll
    static void make() throws Exception {
        good = certificate("good", "-1d");
        expired = certificate("expired", "-30d");
    }

    private static X509Certificate certificate(String alias, String start) throws Exception {
        Path store = directory.resolve(alias + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-startdate",
                        start,
                        "-validity",
                        "10",
                        "-dname",
                        "CN=CTS, OU=Java Software, O=Test Inc., C=US",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(alias + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        return (X509Certificate) keys.getCertificate(alias);
    }

    private static Exchange send(X509Certificate known, X509Certificate... sent) throws Exception {
        SecurityFixture fixture = new SecurityFixture("CLIENT-CERT").certificateOfAlice(known);
        Exchange exchange =
                fixture.exchange(new Request("GET", "/secret/x").secure().attribute(ATTRIBUTE, sent), null);
        exchange.answer().setHeader("Admitted", Boolean.toString(fixture.security.admit(exchange)));
        return exchange;
    }

    @Test
    void theUserOfTheCertificate() throws Exception {
        Exchange exchange = send(good, good);
        assertThat(exchange.answer().header("Admitted")).isEqualTo("true");
        assertThat(exchange.user()).isEqualTo("alice");
        assertThat(exchange.authentication()).extracting("type").isEqualTo("CLIENT_CERT");
    }

    @Test
    void noneOrAnotherOrAnExpiredOneIs401() throws Exception {
        assertThat(send(good).answer().status()).isEqualTo(401);
        assertThat(send(good, expired).answer().status()).isEqualTo(401);
        assertThat(send(expired, expired).answer().status()).isEqualTo(401);
    }

    private static final String SUBJECT = "CN=CTS, OU=Java Software, O=Test Inc., C=US";

    private static @Nullable User user(String name, X509Certificate certificate) throws Exception {
        Path file = Files.writeString(Files.createTempFile(directory, "users", ""), name + ":-:Administrator\n");
        return new UsersFileRealm(file, new TestClock()).authenticate(certificate);
    }

    @Test
    void aUsersFileNamesSubjectAndIssuer() throws Exception {
        User user = user("cn=cts,ou=Java Software, O=Test Inc.,C=US issued by " + SUBJECT, good);
        assertThat(user).isNotNull();
        assertThat(user.roles()).containsExactly("Administrator");
        assertThat(user(SUBJECT + " issued by CN=Another", good))
                .as("of another authority")
                .isNull();
        assertThat(user("CN=CTS issued by " + SUBJECT, good))
                .as("a part of the subject")
                .isNull();
        assertThat(new UsersFileRealm(directory.resolve("none"), new TestClock()).authenticate(good))
                .isNull();
    }

    @Test
    void aUsersFileNamesFingerprints() throws Exception {
        assertThat(user(Fingerprint.of(good), good)).isNotNull();
        assertThat(user(Fingerprint.of(good).toUpperCase(Locale.ROOT), good)).isNotNull();
        assertThat(user(Fingerprint.of(expired), good)).isNull();
    }

    /** Whoever has an authority sign this subject would be the user. */
    @Test
    void aSubjectAloneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> user(SUBJECT, good))
                .withMessageContaining("issued by")
                .withMessageContaining("line 1");
    }

    /** Applications compare the name with the certificate's subject as other containers write it. */
    @Test
    void thePrincipalIsTheSubject() throws Exception {
        for (String name : new String[] {SUBJECT + " issued by " + SUBJECT, Fingerprint.of(good)}) {
            assertThat(user(name, good)).extracting(User::name).isEqualTo(SUBJECT);
        }
    }
}
