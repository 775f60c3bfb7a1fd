package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web console of ActiveMQ 6.1.8 with a broker of its own and JSTL 3.0.1 in the WAR: a user makes a queue, sends a message and reads it. */
@Tag("wars")
class ActiveMqConsoleIT {
    private static final Pattern SECRET = Pattern.compile("name=\"secret\" value=\"([^\"]+)\"");

    @TempDir
    Path directory;

    @Test
    void aMessageIsSentAndRead() throws Exception {
        Path war = LargeWar.withLibraries(
                "activemq-web-console.war",
                directory.resolve("activemq.war"),
                "websocket-",
                "jstl.jar",
                "jstl-api.jar");
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                List.of("-Dwebconsole.type=embedded", "-Dactivemq.data=" + directory),
                "--set",
                "applications.activemq.request-encoding=UTF-8",
                war)) {
            Browser browser = new Browser(sluice);
            HttpResponse<String> queues = browser.get("/activemq/queues.jsp");
            assertThat(queues.body()).contains("<h2>Queues");
            browser.post(
                    "/activemq/createDestination.action",
                    Map.of("JMSDestinationType", "queue", "JMSDestination", "orders", "secret", secret(queues)));
            assertThat(browser.get("/activemq/queues.jsp").body()).contains("browse.jsp?JMSDestination=orders");
            HttpResponse<String> sent = browser.post(
                    "/activemq/sendMessage.action",
                    Map.of(
                            "JMSDestinationType", "queue",
                            "JMSDestination", "orders",
                            "JMSText", "12 <cups> of caf\u00e9",
                            "JMSMessageCount", "1",
                            "secret", secret(browser.get("/activemq/send.jsp"))));
            assertThat(sent.uri().getPath()).isEqualTo("/activemq/queues.jsp");
            Matcher message = Pattern.compile("message.jsp\\?id=[^\"]*")
                    .matcher(browser.get("/activemq/browse.jsp?JMSDestination=orders")
                            .body());
            assertThat(message.find()).as("a message in the queue").isTrue();
            assertThat(browser.get("/activemq/" + message.group().replace("&amp;", "&"))
                            .body())
                    .contains("12 &lt;cups&gt; of caf\u00e9");
            assertThat(browser.get("/activemq/xml/queues.jsp").body())
                    .contains("<queue name=\"orders\">", "size=\"1\"");
            for (String page : List.of("topics", "subscribers", "connections", "scheduled", "network")) {
                assertThat(browser.get("/activemq/" + page + ".jsp").statusCode())
                        .as(page)
                        .isEqualTo(200);
            }
        }
    }

    private static String secret(HttpResponse<String> page) {
        Matcher secret = SECRET.matcher(page.body());
        assertThat(secret.find()).as("the secret of a form in %s", page.body()).isTrue();
        return secret.group(1);
    }
}
