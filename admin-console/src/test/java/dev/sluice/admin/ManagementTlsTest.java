package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At an address that other machines reach, the management speaks TLS with the server's certificate, and nothing else. */
class ManagementTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path home;

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-alias", "k", "-keystore", home.resolve("keys.p12").toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void commandsTrustTheCertificateThatTheyAreTold() throws Exception {
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12");
        Path certificate = home.resolve("certificate.pem");
        keytool("-exportcert", "-rfc", "-file", certificate.toString());
        try (RealServer server = RealServer.started(
                home,
                "management.host",
                "0.0.0.0",
                "tls.port",
                "0",
                "tls.keystore",
                home.resolve("keys.p12").toString(),
                "tls.keystore-password",
                PASSWORD)) {
            String host = "management.host=0.0.0.0";
            assertThat(server.command("list", "--set", host, "--trust", certificate.toString()))
                    .isZero();
            assertThat(server.command("list", "--set", host))
                    .as("nobody has signed the certificate")
                    .isEqualTo(1);
            assertThat(server.command(
                            "list",
                            "--set",
                            host,
                            "--trust",
                            home.resolve("keys.p12").toString()))
                    .as("no certificates in PEM")
                    .isEqualTo(2);
            assertThatThrownBy(() -> server.get("/api/v1/apps"))
                    .as("without TLS")
                    .isInstanceOf(IOException.class);
        }
    }
}
