package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.api.testing.InMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NothingChangesTest {
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void everyOtherMethodIsRefusedWith405(String method) throws Exception {
        try (InMemory console = InMemory.start(new Console(new FakeServer()))) {
            for (String path : new String[] {"/metrics", "/health/ready", "/api/v1/apps", "/api/v1/stats"}) {
                Answer answer = console.call(method, path).send();
                assertThat(answer.status()).as(path).isEqualTo(405);
                assertThat(answer.header("Allow"))
                        .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
            }
        }
    }
}
