package dev.sluice.engine.http;

import static dev.sluice.engine.testing.Http2Client.END_HEADERS;
import static dev.sluice.engine.testing.Http2Client.END_STREAM;
import static dev.sluice.engine.testing.Http2Client.HEADERS;
import static dev.sluice.engine.testing.Http2Client.RST_STREAM;
import static dev.sluice.engine.testing.Http2Client.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.Http2Client;
import dev.sluice.engine.testing.Http2Client.Frame;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a method, a target, a host, a name or a value may consist of is the same on HTTP/1.1 and HTTP/2, for every byte. */
@Timeout(120)
class SameRulesTest {
    private record Request(String method, String target, String host, String name, String value) {
        static final Request FINE = new Request("GET", "/a", "host", "x", "y");

        Request method(String changed) {
            return new Request(changed, target, host, name, value);
        }

        Request target(String changed) {
            return new Request(method, changed, host, name, value);
        }

        Request host(String changed) {
            return new Request(method, target, changed, name, value);
        }

        Request name(String changed) {
            return new Request(method, target, host, changed, value);
        }

        Request value(String changed) {
            return new Request(method, target, host, name, changed);
        }
    }

    private static List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (int c = 0; c < 256; c++) {
            String at = "a" + (char) c + "b";
            requests.add(Request.FINE.method("G" + (char) c + "T"));
            requests.add(Request.FINE.target("/" + at));
            requests.add(Request.FINE.host(at));
            requests.add(Request.FINE.value(at));
            if ((c < 'A' || c > 'Z')
                    && c != ':') { // Capitals are HTTP/1.1 alone (RFC 9113, 8.2), and a colon ends a name there.
                requests.add(Request.FINE.name(at));
            }
        }
        for (String host : List.of("[::1]:80", "[::ffff:1.2.3.4]", "[::g]", "a:0", "a:65536", "a:", "a@b", "[::1")) {
            requests.add(Request.FINE.host(host));
        }
        for (int length : new int[] {32, 33}) {
            requests.add(Request.FINE.method("M".repeat(length)));
        }
        for (String target : List.of("", "*", "a", "/%41", "/%4", "/%zz", "/%00", "/%2f", "/..", "/a#b")) {
            requests.add(Request.FINE.target(target));
        }
        return requests;
    }

    private static boolean http1(TestEngine engine, Request request) {
        try (RawClient client = engine.connect()) {
            client.send(request.method() + " " + request.target() + " HTTP/1.1\r\nHost: " + request.host() + "\r\n"
                    + request.name() + ": " + request.value() + "\r\n\r\n");
            return client.response().status() == 200;
        }
    }

    private static boolean http2(Http2Client client, int stream, Request request) {
        byte[] head = block(
                ":method",
                request.method(),
                ":scheme",
                "http",
                ":authority",
                request.host(),
                ":path",
                request.target(),
                request.name(),
                request.value());
        client.send(HEADERS, END_HEADERS | END_STREAM, stream, head);
        Frame answer = client.next(HEADERS, RST_STREAM);
        assertThat(answer).as("answer to " + request).isNotNull();
        assertThat(answer.stream()).isEqualTo(stream);
        return answer.type() == HEADERS && client.fields(answer).get(":status").equals("200");
    }

    @Test
    void everyByteOfEveryPart() {
        try (TestEngine engine = TestEngine.of(call -> TestApplication.text(call, ""))) {
            List<String> different = new ArrayList<>();
            for (Request request : requests()) {
                boolean first = http1(engine, request);
                try (Http2Client client = Http2Client.connect(engine.address())) {
                    boolean second = http2(client, 1, request);
                    if (first != second) {
                        different.add((first ? "HTTP/1.1 alone: " : "HTTP/2 alone: ") + request);
                    }
                }
            }
            assertThat(different).isEmpty();
        }
    }
}
