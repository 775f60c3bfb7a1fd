package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code sluice list} says what state an application is in, and why. */
class ListCommandTest {

    private static String app(String name, String more) {
        return "{\"name\":\"" + name + "\",\"contextPath\":\"/" + name
                + "\",\"version\":\"\",\"kind\":\"war\",\"requests\":0," + "\"hash\":\"abc\"," + more + "}";
    }

    private static String list(String... apps) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = ("[" + String.join(",", apps) + "]").getBytes(StandardCharsets.UTF_8);
        server.createContext("/api/v1/apps", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            CommandLineText list = CommandLineText.of(
                    "list", "--admin-port", String.valueOf(server.getAddress().getPort()));
            assertThat(list.err()).isEmpty();
            return list.out();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anApplicationWithoutSomeOfItsPartsIsDegraded() throws Exception {
        String shown = list(
                app("whole", "\"state\":\"running\",\"reason\":\"\",\"degradations\":[],\"degraded\":\"\""),
                app(
                        "parts",
                        "\"state\":\"running\",\"reason\":\"\",\"degradations\":[\"servlet pay: no class\",\"servlet"
                                + " ship: down\"],\"degraded\":\"\""),
                app(
                        "broken",
                        "\"state\":\"running\",\"reason\":\"\",\"degradations\":[],\"degraded\":\"java.lang.Error:"
                                + " x\""));
        assertThat(shown.lines().filter(line -> line.startsWith("whole")))
                .singleElement()
                .asString()
                .doesNotContain("degraded");
        assertThat(shown.lines().filter(line -> line.startsWith("parts")))
                .singleElement()
                .asString()
                .contains("running, degraded", "servlet pay: no class; servlet ship: down");
        assertThat(shown.lines().filter(line -> line.startsWith("broken")))
                .singleElement()
                .asString()
                .contains("running, degraded", "java.lang.Error: x");
    }

    @Test
    void failuresComeFirst() throws Exception {
        String shown = list(
                app("failed", "\"state\":\"failed\",\"reason\":\"web.xml:3\",\"degradations\":[]"),
                app(
                        "old",
                        "\"state\":\"running\",\"reason\":\"\",\"redeployFailure\":\"no"
                                + " zip\",\"degradations\":[\"servlet pay\"]"));
        assertThat(shown).contains("web.xml:3", "the last redeploy failed, this is the old version: no zip");
    }
}
