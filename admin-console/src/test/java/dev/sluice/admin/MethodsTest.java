package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only shows something changes nothing, whatever method it is asked with. */
class MethodsTest {
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void whatOnlyShowsRefusesOtherMethodsWith405(String method) throws Exception {
        try (OwnConsole console = OwnConsole.of(new FakeServer())) {
            for (String path : new String[] {"/metrics", "/health/ready", "/api/v1/routes", "/api/v1/stats"}) {
                Answer answer = console.call(method, path).send();
                assertThat(answer.status()).as(path).isEqualTo(405);
                assertThat(answer.header("Content-Type")).contains("application/problem+json");
                assertThat(answer.text()).contains("\"type\":\"tag:sluice.dev,2026:method-not-allowed\"");
                assertThat(answer.header("Allow"))
                        .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
            }
        }
    }
}
