package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.engine.http.Tls;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of TLS that cannot be together are refused when the server starts. */
class TlsFilesTest {
    @TempDir
    Path directory;

    private Optional<Tls> read(String... settings) throws Exception {
        Configuration.Builder builder = Configuration.builder();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            builder.commandLine(setting.substring(0, equals), setting.substring(equals + 1), "test");
        }
        return new TlsFiles(builder.build(), new Installation(directory)).read();
    }

    @Test
    void thereMayBeNone() throws Exception {
        assertThat(read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanted", "needed"})
    void certificatesOfClientsThatNobodySigns(String demand) {
        assertThatThrownBy(
                        () -> read("tls.certificates=cert.pem", "tls.key=key.pem", "tls.client-certificates=" + demand))
                .hasMessageContaining("tls.client-certificates is " + demand)
                .hasMessageContaining("tls.client-authorities is not set");
        assertThatThrownBy(() -> read("tls.keystore=keys.p12", "tls.client-certificates=" + demand))
                .hasMessageContaining("tls.client-authorities is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanted", "needed"})
    void certificatesOfClientsWithoutTls(String demand) {
        assertThatThrownBy(() -> read("tls.client-certificates=" + demand, "tls.client-authorities=ca.pem"))
                .hasMessageContaining("tls.client-certificates is " + demand + ", but there is no TLS");
    }

    @Test
    void certificatesWithoutTheirKey() {
        assertThatThrownBy(() -> read("tls.certificates=cert.pem")).hasMessageContaining("tls.key is not set");
    }
}
