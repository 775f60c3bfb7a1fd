package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.TestClock;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
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

    @Test
    void aUsersFileNamesSubjects() throws Exception {
        Path file = Files.writeString(
                directory.resolve("users"), "cn=cts,ou=Java Software, O=Test Inc.,C=US:-:Administrator\n");
        User user = new UsersFileRealm(file, new TestClock()).authenticate(good);
        assertThat(user).isNotNull();
        assertThat(user.roles()).containsExactly("Administrator");
        assertThat(new UsersFileRealm(directory.resolve("none"), new TestClock()).authenticate(good))
                .isNull();
    }

    /** Applications compare the name with the certificate's subject as other containers write it. */
    @Test
    void thePrincipalIsTheSubject() throws Exception {
        Path file = Files.writeString(
                directory.resolve("users2"), "CN=CTS, OU=Java Software, O=Test Inc., C=US:-:Administrator\n");
        User user = new UsersFileRealm(file, new TestClock()).authenticate(good);
        assertThat(user).isNotNull();
        assertThat(user.name()).isEqualTo("CN=CTS, OU=Java Software, O=Test Inc., C=US");
    }
}
