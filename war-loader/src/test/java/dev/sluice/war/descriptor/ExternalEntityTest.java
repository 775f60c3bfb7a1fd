package dev.sluice.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.archive.ArchiveException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A descriptor reaches no file and no network, and cannot grow without end. */
class ExternalEntityTest {
    @TempDir
    Path directory;

    private static WebXml read(String text) throws ArchiveException {
        return WebXml.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anExternalEntityIsNotRead() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "top-secret");
        String text = "<!DOCTYPE web-app [<!ENTITY s SYSTEM '" + secret.toUri()
                + "'>]><web-app><display-name>&s;</display-name></web-app>";
        String name;
        try {
            name = read(text).displayName();
        } catch (ArchiveException refused) {
            name = String.valueOf(refused.getMessage());
        }
        assertThat(name).doesNotContain("top-secret");
    }

    @Test
    void anUnknownDocumentTypeIsNotFetched() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/own.dtd";
            assertThat(read("<!DOCTYPE web-app SYSTEM '" + url + "'><web-app><display-name>x</display-name></web-app>")
                            .displayName())
                    .isEqualTo("x");
            assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void entitiesThatMultiplyAreRefused() {
        StringBuilder text = new StringBuilder("<!DOCTYPE web-app [<!ENTITY e0 'ha'>");
        for (int i = 1; i < 30; i++) {
            text.append("<!ENTITY e")
                    .append(i)
                    .append(" '&e")
                    .append(i - 1)
                    .append(";&e")
                    .append(i - 1)
                    .append(";'>");
        }
        text.append("]><web-app><display-name>&e29;</display-name></web-app>");
        assertThatThrownBy(() -> read(text.toString())).isInstanceOf(ArchiveException.class);
    }
}
