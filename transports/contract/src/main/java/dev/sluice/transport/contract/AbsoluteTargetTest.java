package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.contract.Wire.Reply;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The authority of an absolute target is the host of the request, whatever form of address it has, and Host says the same or the request is
 * refused. RFC 9112, 3.2.2; RFC 3986, 3.2.2.
 */
@ExtendWith(TransportFixture.class)
public class AbsoluteTargetTest {
    private static String request(String authority, String host) {
        return "GET http://" + authority + "/host HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, 80",
        "a.example:8080, a.example, 8080",
        "127.0.0.1:81, 127.0.0.1, 81",
        "[::1], ::1, 80",
        "[2001:db8::7]:8080, 2001:db8::7, 8080",
        "[::ffff:1.2.3.4], ::ffff:1.2.3.4, 80",
        "[::ffff:1.2.3.4]:8080, ::ffff:1.2.3.4, 8080",
        "[::FFFF:1.2.3.4]:1, ::FFFF:1.2.3.4, 1",
        "[1:2:3:4:5:6:255.255.255.255]:65535, 1:2:3:4:5:6:255.255.255.255, 65535",
    })
    void namesTheHost(String authority, String name, int port, HttpUnderTest http) throws IOException {
        String told = name + " " + port + " " + authority;
        try (Wire wire = http.connect()) {
            assertThat(wire.send(request(authority, authority)).reply().body()).isEqualTo(told);
            String origin = "GET /host HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
            assertThat(wire.send(origin).reply().body()).as("as Host").isEqualTo(told);
            String query = "GET http://" + authority + "?a=b HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
            assertThat(wire.send(query).reply().body()).as("without a path").isEqualTo("/");
            String old = "GET http://" + authority + "/host HTTP/1.0\r\n\r\n";
            assertThat(wire.send(old).reply().body()).as("without Host").isEqualTo(told);
        }
    }

    @Tag("exact") // the engine writes a refusal in one go, into buffers that are empty on a real connection
    @ParameterizedTest
    @CsvSource({
        "a.example, b.example",
        "a.example, a.example:80",
        "[::ffff:1.2.3.4], [::ffff:1.2.3.5]",
        "[::ffff:1.2.3.4], [::ffff:1.2.3.4]:80",
        "[::ffff:1.2.3.4], x--ffff-1.2.3.4x",
        "x--ffff-1.2.3.4x, [::ffff:1.2.3.4]",
        "[::1], ''",
        "[::1], ::1",
        "[::1, [::1",
        "[::1.2.3], [::1.2.3]",
        "[::ffff:1.2.3.4]x, [::ffff:1.2.3.4]x",
        "user@[::1], [::1]",
        "[], []",
        "[, [",
        "[v1.x], [v1.x]",
        "[[::1]], [[::1]]",
    })
    void isRefusedIfHostSaysAnotherOrItIsNone(String authority, String host, HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            Reply reply = wire.send(request(authority, host)).reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(wire.closedByServer()).isTrue();
        }
        assertThat(http.requests()).isZero();
    }

    @Test
    void caseIsNoDifference(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            assertThat(wire.send(request("a.example", "A.Example")).reply().status())
                    .isEqualTo(200);
            assertThat(wire.send(request("[::FFFF:1.2.3.4]", "[::ffff:1.2.3.4]"))
                            .reply()
                            .status())
                    .isEqualTo(200);
            assertThat(wire.send("GET HTTP://A.Example/host HTTP/1.1\r\nHost: a.example\r\n\r\n")
                            .reply()
                            .body())
                    .isEqualTo("a.example 80 a.example");
        }
    }

    @Test
    void addressesElsewhereInTheTargetStayAsTheyAre(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            String path = "/a://[::1]:2/[::ffff:1.2.3.4]";
            assertThat(wire.send("GET http://[::1]" + path + " HTTP/1.1\r\nHost: [::1]\r\n\r\n")
                            .reply()
                            .body())
                    .isEqualTo(path);
            assertThat(wire.get(path).reply().body()).isEqualTo(path);
        }
    }

    @Test
    void pipelinedAndInPieces(HttpUnderTest http) throws IOException {
        String first = request("[::ffff:1.2.3.4]:8080", "[::ffff:1.2.3.4]:8080");
        String second = request("b", "b");
        String third = "GET /host HTTP/1.1\r\nHost: [::1]\r\n\r\n";
        try (Wire wire = http.connect()) {
            wire.send(first + second + third);
            assertAnswers(wire);
            for (char c : (first + second + third).toCharArray()) {
                wire.send(String.valueOf(c));
            }
            assertAnswers(wire);
        }
    }

    private static void assertAnswers(Wire wire) throws IOException {
        assertThat(wire.reply().body()).isEqualTo("::ffff:1.2.3.4 8080 [::ffff:1.2.3.4]:8080");
        assertThat(wire.reply().body()).isEqualTo("b 80 b");
        assertThat(wire.reply().body()).isEqualTo("::1 80 [::1]");
    }
}
