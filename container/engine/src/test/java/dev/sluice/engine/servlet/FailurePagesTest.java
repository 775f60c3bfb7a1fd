package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.Statuses;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is shown is the same, whether the gate, a servlet's exception, its sendError or a bad body has failed the request. */
class FailurePagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/app/thrown", "/app/sent", "/app/stalls", "/elsewhere"})
    void isTheSameForGateAndServlets(String path) throws Exception {
        try (TestWebApp app = TestWebApp.builder()
                .http(HttpOptions.builder().maxBodySize(1).build())
                .servlet("/thrown", (request, response) -> {
                    throw new IllegalStateException("secret");
                })
                .servlet("/sent", (request, response) -> response.sendError(409, "taken"))
                .servlet("/stalls", (request, response) -> request.getInputStream()
                        .readAllBytes())
                .start()) {
            TestEngine engine = app.engine();
            String body = "Content-Length: 5\r\n\r\n12345";
            RawResponse json =
                    engine.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n" + body);
            RawResponse html = engine.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n" + body);
            String phrase = Statuses.reason(json.status());

            assertThat(html.status()).isEqualTo(json.status()).isGreaterThanOrEqualTo(400);
            assertThat(json.header("Content-Type")).hasValue("application/problem+json");
            assertThat(json.body())
                    .contains("\"title\":\"" + phrase + "\",\"status\":" + json.status())
                    .contains("\"requestId\":\"" + json.header("X-Request-Id").orElseThrow() + "\"")
                    .doesNotContain("secret");
            assertThat(html.header("Content-Type")).hasValue("text/html;charset=UTF-8");
            assertThat(html.body())
                    .contains("<h1>" + json.status() + " " + phrase + "</h1>")
                    .contains("Request " + html.header("X-Request-Id").orElseThrow())
                    .doesNotContain("secret");
        }
    }
}
