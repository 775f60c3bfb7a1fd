package dev.sluice.samples.hellohandler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.InMemory;
import org.junit.jupiter.api.Test;

class HelloApplicationTest {
    @Test
    void greets() throws Exception {
        try (InMemory app = InMemory.start(new HelloApplication())) {
            assertThat(app.get("/").text()).isEqualTo("Hello from a handler\n");
            assertThat(app.call("GET", "/hello/Ada").requestId("r-1").send().text())
                    .isEqualTo("Hello Ada, this is request r-1\n");
            assertThat(app.get("/ping").text()).isEqualTo("pong\n");
            assertThat(app.get("/none").status()).isEqualTo(404);
        }
    }
}
