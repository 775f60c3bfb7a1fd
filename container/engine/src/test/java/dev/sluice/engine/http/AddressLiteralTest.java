package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An IPv6 address may end in an IPv4 one (RFC 4291, 2.2): each request of a connection has its own Host as the client wrote it, and so has what
 * is told of it when it is refused, or goes on with HTTP/2.
 */
class AddressLiteralTest {
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.of(call -> {
            HttpExchange exchange = call.exchange();
            String fields = exchange.requestHeaders().all("host") + " "
                    + exchange.requestHeaders().all("x");
            TestApplication.text(call, exchange.hostName() + " " + exchange.hostPort() + " " + fields);
        });
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static String get(String host) {
        return "GET / HTTP/1.1\r\nHost: " + host + "\r\nX: a.b.c\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "[::ffff:1.2.3.4],::ffff:1.2.3.4,80",
        "[::ffff:1.2.3.4]:8080,::ffff:1.2.3.4,8080",
        "[1:2:3:4:5:6:255.255.255.255]:1,1:2:3:4:5:6:255.255.255.255,1",
        "[::0.0.0.1],::0.0.0.1,80",
        "[::1]:81,::1,81",
        "1.2.3.4:82,1.2.3.4,82",
        "a.b.c.d,a.b.c.d,80",
    })
    void isServed(String sent, String name, int port) {
        assertThat(engine.send(get(sent)).body()).isEqualTo(name + " " + port + " [" + sent + "] [a.b.c]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[::1.2.3]",
                "[::1.2.3.4.5]",
                "[::1.2.3.256]",
                "[1:2:3:4:5:6:7:1.2.3.4]",
                "[::1.2.3.4]x",
                "[::1.2.3.4"
            })
    void isRefusedIfItIsNone(String sent) {
        assertThat(engine.send(get(sent)).status()).isEqualTo(400);
    }

    @Test
    void pipelined() {
        try (RawClient client = engine.connect()) {
            client.send(get("[::1.2.3.4]") + get("a.example") + get("[::1.2.9.9]") + get("[::1.2.3.4]:5"));
            assertThat(client.response().body()).startsWith("::1.2.3.4 80 [[::1.2.3.4]]");
            assertThat(client.response().body()).startsWith("a.example 80 [a.example]");
            assertThat(client.response().body()).startsWith("::1.2.9.9 80 [[::1.2.9.9]]");
            assertThat(client.response().body()).startsWith("::1.2.3.4 5 [[::1.2.3.4]:5]");
        }
    }

    @Test
    void byteByByte() {
        try (RawClient client = engine.connect()) {
            for (char c : get("[::ffff:1.2.3.4]:8080").toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.response().body()).startsWith("::ffff:1.2.3.4 8080 [[::ffff:1.2.3.4]:8080]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::ffff:1.2.3.4]", "[::1]:81"})
    void isToldOfARequestThatIsRefusedLater(String address) {
        Queue<RefusedRequest> refused = new ConcurrentLinkedQueue<>();
        engine.listener().onRefusal(refused::add);
        String target = "http://" + address + "/../x";
        assertThat(engine.send("GET " + target + " HTTP/1.1\r\nHost: " + address + "\r\n\r\n")
                        .status())
                .isEqualTo(400);
        await().untilAsserted(() -> assertThat(refused)
                .singleElement()
                .extracting(RefusedRequest::target)
                .isEqualTo(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::ffff:1.2.3.4]:81", "[::1]:81"})
    void goesOnWithHttp2(String address) throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        TestApplication tells = call -> {
            HttpExchange exchange = call.exchange();
            seen.set(exchange.protocol() + " " + exchange.hostName() + " " + exchange.hostPort());
            TestApplication.text(call, "done");
        };
        HttpOptions allowed = HttpOptions.builder().http2Upgrade(true).build();
        try (TestEngine upgrading = TestEngine.of(tells, allowed);
                RawClient client = upgrading.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: " + address + "\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
            assertThat(client.line()).startsWith("HTTP/1.1 101");
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\u0004\0\0\0\0\0");
            String name = address.substring(1, address.indexOf(']'));
            await().untilAsserted(() -> assertThat(seen).hasValue("HTTP/2.0 " + name + " 81"));
        }
    }
}
