package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPagesOnlyTest {
    private OwnConsole console;

    @BeforeEach
    void start() throws Exception {
        console = OwnConsole.of(new FakeServer());
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
    }

    private int status(String host, String name, String value) {
        return console.call("GET", "/api/v1/apps")
                .header("Host", host)
                .header(name, value)
                .send()
                .status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:9990", "localhost", "LOCALHOST:1", "[::1]:9990", "x.localhost", "Admin.example.org"})
    void ownNamesAndAddressesAreAnswered(String host) {
        assertThat(status(host, "Accept", "*/*")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example:9990",
                "evil.example:x",
                "a@localhost"
            })
    void aNameThatCouldBeReboundIsRefused(String host) {
        assertThat(status(host, "Accept", "*/*")).isEqualTo(403);
    }

    @Test
    void anotherOriginIsRefused() {
        assertThat(status("localhost:9990", "Origin", "http://localhost:9990")).isEqualTo(200);
        assertThat(status("localhost:9990", "Origin", "http://localhost:8080")).isEqualTo(403);
        assertThat(status("localhost:9990", "Origin", "https://evil.example")).isEqualTo(403);
        assertThat(status("localhost:9990", "Origin", "null")).isEqualTo(403);
        assertThat(status("localhost:9990", "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    }
}
