package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.conditional.Selection;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.engine.testing.FixedApplication;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests get a fixed response, and when what is served changes. */
class FixedRoutingTest {
    private static final HttpOptions OPTIONS =
            HttpOptions.builder().idleTimeout(Duration.ZERO).build();

    private static String get(String host, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    @Test
    void anotherApplicationHidesAPath() {
        FixedApplication root =
                FixedApplication.at("").with("/shop/ping", "hidden").with("/ping", "root");
        try (TestEngine engine = TestEngine.builder(root, FixedApplication.at("/shop"))
                .http(OPTIONS)
                .start()) {
            assertThat(engine.get("/shop/ping").body()).isEqualTo("normal app/shop");
            assertThat(engine.get("/ping").body()).isEqualTo("root");
            assertThat(engine.listener().stats().direct()).isEqualTo(1);
        }
    }

    @Test
    void changesCountAtOnceOnAnOpenConnection() {
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/ping", "one"), OPTIONS);
                RawClient client = engine.connect()) {
            assertThat(client.send(get("a", "/ping")).response().body()).isEqualTo("one");
            Gate gate = engine.gate();
            for (String text : List.of("two", "three")) {
                FixedApplication next = FixedApplication.at("").with("/ping", text);
                gate.serve(all -> List.of(gate.mount(VirtualHost.DEFAULT, next, MountOptions.DEFAULT)));
                assertThat(client.send(get("a", "/ping")).response().body()).isEqualTo(text);
            }
            gate.serve(all -> List.of());
            assertThat(client.send(get("a", "/ping")).response().status()).isEqualTo(404);
            assertThat(engine.listener().stats().direct()).isEqualTo(3);
        }
    }

    @Test
    void hostsHaveTheirOwn() {
        VirtualHost shop = new VirtualHost("shop.example", Set.of("*.shop.example"));
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/ping", "default"), OPTIONS)) {
            Gate gate = engine.gate();
            Mount other = gate.mount(shop, FixedApplication.at("").with("/ping", "shop"), MountOptions.DEFAULT);
            gate.serve(all -> List.of(all.get(0), other));
            Map<String, String> expected = Map.of(
                    "shop.example", "shop",
                    "SHOP.example:8080", "shop",
                    "a.shop.example", "shop",
                    "b.example", "default",
                    "127.0.0.1", "default",
                    "[::1]", "default");
            expected.forEach((host, text) ->
                    assertThat(engine.send(get(host, "/ping")).body()).as(host).isEqualTo(text));
            assertThat(engine.listener().stats().direct()).isEqualTo(5); // not for the address in brackets
        }
    }

    @Test
    void severalVersionsAreLeftToTheRouter() {
        FixedApplication one = FixedApplication.at("").with("/ping", "one");
        FixedApplication two = FixedApplication.at("").version("2").with("/ping", "two");
        try (TestEngine engine = TestEngine.builder(one, two).http(OPTIONS).start()) {
            assertThat(engine.get("/ping").body()).isEqualTo("two");
            assertThat(engine.listener().stats().direct()).isZero();
        }
    }

    @Test
    void aResponseMayBeReplaced() {
        FixedResponse response = new FixedResponse(Answer.text(200, "old"));
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/ping", response), OPTIONS)) {
            assertThat(engine.get("/ping").body()).isEqualTo("old");
            response.replace(new FixedResponse.Content(Answer.text(200, "newer"), null));
            assertThat(engine.get("/ping").body()).isEqualTo("newer");
            assertThat(engine.listener().stats().direct()).isEqualTo(2);
        }
    }

    @Test
    void validatorsAreHonoured() {
        Instant noon = Instant.parse("2026-01-02T12:00:00Z");
        Headers fields = new Headers().add("ETag", "\"a\"").add("Last-Modified", Selection.lastModified(noon));
        FixedResponse response =
                new FixedResponse(new FixedResponse.Content(new Answer(200, fields, new byte[] {'x'}), noon));
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/file", response), OPTIONS)) {
            String get = "GET /file HTTP/1.1\r\nHost: a\r\n";
            RawResponse cached = engine.send(get + "If-None-Match: \"a\"\r\n\r\n");
            assertThat(cached.status()).isEqualTo(304);
            assertThat(cached.header("ETag")).contains("\"a\"");
            assertThat(cached.header("Content-Length")).isEmpty();
            assertThat(engine.send(get + "If-Modified-Since: Fri, 02 Jan 2026 12:00:00 GMT\r\n\r\n")
                            .status())
                    .isEqualTo(304);
            assertThat(engine.send(get + "If-Match: \"b\"\r\n\r\n").status()).isEqualTo(412);
            assertThat(engine.send(get + "If-None-Match: \"b\"\r\n\r\n").body()).isEqualTo("x");
            assertThat(engine.listener().stats().direct()).isZero();
            assertThat(engine.send(get + "\r\n").header("ETag")).contains("\"a\"");
            assertThat(engine.listener().stats().direct()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0",
                "Transfer-Encoding: chunked\r\n\r\n0",
                "Expect: 100-continue",
                "Connection: close",
                "Connection: upgrade\r\nUpgrade: other",
                "If-None-Match: \"a\"",
                "if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT",
                "If-Match: *",
                "IF-RANGE: \"a\"",
                "Range: bytes=0-1",
                "X-Forwarded-For: 10.0.0.1",
                "Forwarded: for=10.0.0.1",
                "X-Request-Id: a\r\nX-Request-Id: b"
            })
    void whatIsNotPlainIsLeftToTheParser(String field) {
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/ping", "pong"), OPTIONS)) {
            assertThat(engine.send("GET /ping HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n")
                            .body())
                    .isEqualTo("pong");
            assertThat(engine.listener().stats().direct()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ping HTTP/1.1\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: a:0\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET /ping HTTP/1.1\r\n Host: a\r\n\r\n",
                "GET /ping HTTP/1.1\nHost: a\n\n",
                "GET /ping HTTP/1.1\r\nHost: a\r\nA: b\u0000c\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n",
                "GET  /ping HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void whatIsWrongIsRefused(String request) {
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/ping", "pong"), OPTIONS)) {
            assertThat(engine.send(request).status()).isEqualTo(400);
            assertThat(engine.listener().stats().direct()).isZero();
        }
    }
}
