package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.http1.Corpus;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could be read in two ways is answered with 400, and the connection is closed; nothing behind it becomes a request. */
class MalformedRequestTest {
    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static TestEngine engine;
    private static TestEngine limited;

    @BeforeAll
    static void start() {
        TestApplication echo = call -> {
            String body = TestApplication.body(call.exchange());
            TestApplication.text(call, call.exchange().rawPath() + " " + body);
        };
        engine = TestEngine.of(echo);
        limited =
                TestEngine.of(echo, HttpOptions.builder().maxBodySize(10 << 20).build());
    }

    @AfterAll
    static void stop() {
        engine.close();
        limited.close();
    }

    private static void isRefused(String request, int status) {
        isRefused(engine, request, status);
    }

    private static void isRefused(TestEngine by, String request, int status) {
        try (RawClient client = by.connect()) {
            client.send(request + NEXT);
            RawResponse response = client.response();
            assertThat(response.status()).as(request).isEqualTo(status);
            assertThat(client.rest()).as("after " + request).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.http.http1.Corpus#fields")
    void fields(String fields) {
        isRefused(Corpus.withFields(fields), 400);
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.http.http1.Corpus#chunks")
    void chunks(String chunks) {
        isRefused(Corpus.withChunks(chunks), 400);
    }

    /** More than 56 bits: parsers that keep flags beside the number take some of these for others, or for the end of the body. */
    @ParameterizedTest
    @MethodSource("dev.sluice.engine.http.http1.Corpus#sizes")
    void sizesBeyondEveryLimit(String chunks) {
        String request = Corpus.withChunks(chunks);
        isRefused(limited, request, 413);
        isRefused(request, 400); // no limit, but no such number either
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.http.http1.Corpus#heads")
    void heads(String head) {
        isRefused(head, 400);
    }

    @ParameterizedTest
    @CsvSource({"GET / HTTP/2.0,505", "GET / HTTP/0.9,505", "GET / HTTP/1.2,505", "GET / HTTP/3.0,505"})
    void versions(String line, int status) {
        isRefused(line + "\r\nHost: a\r\n\r\n", status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%2f",
                "/a%2Fb",
                "/%5c",
                "/a\\b",
                "/%00",
                "/%0a",
                "/%7f",
                "/..",
                "/a/../..",
                "/..;a/",
                "/a/..;/b",
                "/.;x",
                "/%2e%2e/",
                "/a/%2e/b",
                "/a/.%2e/b",
                "/%",
                "/%2",
                "/%zz",
                "/%c0%af",
                "/%ff",
                "/;a/b/;c/d",
                "/%u0041",
            })
    void paths(String path) {
        isRefused("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a.example:8080\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [fe80::1:2]\r\n\r\n",
                "GET / HTTP/1.1\r\nhOsT:a\r\nX:\r\nY: \t a \t \r\nZ: \u00e9\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0;a=\"b\";c\r\nX: trailer\r\n\r\n",
            })
    void whatIsFineIsServed(String request) {
        try (RawClient client = engine.connect()) {
            assertThat(client.send(request + NEXT).response().body())
                    .as(request)
                    .isEqualTo("/ ");
            assertThat(client.response().body()).isEqualTo("/smuggled ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void piecesAreReadLikeTheWhole(int size) throws Exception {
        String fine =
                "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n";
        String bad = "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n";
        try (RawClient client = engine.connect()) {
            String all = fine + bad + NEXT;
            for (int i = 0; i < all.length(); i += size) {
                try {
                    client.send(all.substring(i, Math.min(all.length(), i + size)));
                } catch (java.io.UncheckedIOException closedAfterTheAnswer) {
                    assertThat(i).isGreaterThan(fine.length());
                    break;
                }
            }
            assertThat(client.response().body()).isEqualTo("/p abc");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.rest()).isEmpty();
        }
    }
}
