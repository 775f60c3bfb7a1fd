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
    void anExternalEntityIsRefused() {
        for (String entity : new String[] {
            "<!ENTITY s SYSTEM 'security.xml'>",
            "<!ENTITY s PUBLIC '-//x' 'security.xml'>",
            "<!ENTITY % s SYSTEM 'security.ent'> %s;"
        }) {
            assertThatThrownBy(() -> read("<!DOCTYPE web-app [" + entity + "]><web-app>"
                            + (entity.contains("%") ? "" : "&s;") + "</web-app>"))
                    .as(entity)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("'s'")
                    .hasMessageContaining("no other file is read");
        }
    }

    @Test
    void aPublicDocumentTypeAndOwnEntitiesAreFine() throws Exception {
        String name = read("<!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN'"
                        + " 'http://java.sun.com/dtd/web-app_2_3.dtd' [<!ENTITY own 'my app'>"
                        + " <!-- <!ENTITY no SYSTEM 'x'> -->]>"
                        + "<web-app><display-name>&own;</display-name></web-app>")
                .displayName();

        assertThat(name).isEqualTo("my app");
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
