package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is sent is deployed, replaced, taken back, and there again after a restart. */
class DeployByUploadTest {
    @TempDir
    private Path home;

    private static HttpResponse<String> put(RealServer server, String path, byte[] archive, String... headers)
            throws Exception {
        var request = server.request(path).PUT(BodyPublishers.ofByteArray(archive));
        return server.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    private static String digest(byte[] bytes) throws Exception {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(bytes)) + ":";
    }

    private Stream<Path> archives() throws Exception {
        Path directory = home.resolve("work/management/applications");
        return Files.isDirectory(directory)
                ? Files.list(directory).filter(file -> !file.endsWith("list"))
                : Stream.empty();
    }

    @Test
    void itServesIsReplacedTakenBackAndSurvivesARestart() throws Exception {
        byte[] one = TestWar.saying("one").bytes();
        byte[] two = TestWar.saying("two").bytes();
        try (RealServer server = RealServer.started(home)) {
            HttpResponse<String> begun = put(server, "/api/v1/apps/shop?wait=60", one, "Content-Digest", digest(one));
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
            assertThat(begun.body()).contains("\"outcome\":\"done\",\"percent\":100", "\"hash\":\"" + hash(one) + "\"");
            assertThat(server.application("/shop/").body()).isEqualTo("one");

            assertThat(put(server, "/api/v1/apps/shop?wait=60", two).statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/shop/").body()).isEqualTo("two");
            assertThat(server.get("/api/v1/apps/shop").body())
                    .contains("\"versions\":[\"" + hash(two) + "\",\"" + hash(one) + "\"]");

            assertThat(server.post("/api/v1/apps/shop/back?wait=60").body()).contains("\"hash\":\"" + hash(one) + "\"");
            assertThat(server.application("/shop/").body()).isEqualTo("one");
            assertThat(server.get("/api/v1/journal").body())
                    .contains("\"what\":\"back\",\"target\":\"shop\",\"outcome\":\"done\"")
                    .contains("\"what\":\"end of deploy\",\"target\":\"shop\",\"outcome\":\"done\"")
                    .contains("\"who\":\"owner\",\"from\":\"127.0.0.1\",\"what\":\"deploy\"");
        }
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.application("/shop/").body()).isEqualTo("one");
            assertThat(server.post("/api/v1/apps/shop/back?wait=60&hash=" + hash(two))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/shop/").body()).isEqualTo("two");

            assertThat(server.send(server.request("/api/v1/apps/shop?wait=60").DELETE())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/shop/").statusCode()).isEqualTo(404);
            assertThat(server.get("/api/v1/apps").body()).isEqualTo("[]");
            await().untilAsserted(() -> assertThat(archives()).isEmpty());
        }
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.get("/api/v1/apps").body()).isEqualTo("[]");
        }
    }

    @Test
    void whatDoesNotStartLeavesTheOldOneAlsoAfterARestart() throws Exception {
        try (RealServer server = RealServer.started(home)) {
            put(server, "/api/v1/apps/shop?wait=60", TestWar.saying("good").bytes());
            HttpResponse<String> failed = put(
                    server,
                    "/api/v1/apps/shop?wait=60",
                    TestWar.saying("bad").descriptor("<servlet>").bytes());
            assertThat(failed.statusCode()).isEqualTo(422);
            assertThat(failed.body())
                    .contains("tag:sluice.dev,2026:operation-failed", "web.xml", "\"outcome\":\"failed\"")
                    .contains("{\"name\":\"open\",\"state\":\"failed\"");
            assertThat(server.application("/shop/").body()).isEqualTo("good");
            assertThat(archives()).hasSize(1);
        }
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.application("/shop/").body()).isEqualTo("good");
        }
    }

    @Test
    void aHashThatIsNotThatOfTheBodyIsRefused() throws Exception {
        byte[] sent = TestWar.saying("sent").bytes();
        byte[] other = TestWar.saying("other").bytes();
        try (RealServer server = RealServer.started(home)) {
            HttpResponse<String> refused = put(server, "/api/v1/apps/shop", sent, "Repr-Digest", digest(other));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("tag:sluice.dev,2026:other-hash", hash(sent), hash(other));
            assertThat(put(server, "/api/v1/apps/shop", sent, "Content-Digest", "sha-512=:AAAA:")
                            .body())
                    .contains("expected: sha-256=:BASE64:");
            assertThat(archives()).isEmpty();
            assertThat(server.get("/api/v1/apps").body()).isEqualTo("[]");
        }
    }

    @Test
    void whatIsTooLongIsRefusedWhetherItSaysSoOrNot() throws Exception {
        byte[] archive = TestWar.saying("x".repeat(100)).bytes();
        try (RealServer server = RealServer.started(home, "management.upload-size", "200")) {
            HttpResponse<String> refused = put(server, "/api/v1/apps/shop", archive);
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body())
                    .contains(
                            "tag:sluice.dev,2026:too-long",
                            "longer than 200 bytes (expected: at most management.upload-size)");
            HttpResponse<String> chunked = server.send(server.request("/api/v1/apps/shop")
                    .PUT(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(archive))));
            assertThat(chunked.statusCode()).isEqualTo(413);
            assertThat(archives()).isEmpty();
        }
    }

    @Test
    void namesDoNotLeaveTheDirectory() throws Exception {
        byte[] archive = TestWar.saying("out").bytes();
        try (RealServer server = RealServer.started(home)) {
            for (String name : new String[] {"..%2f..%2fapps%2fout", ".hidden", "a%2fb%2fc", "x%3f1", "a%00b"}) {
                assertThat(put(server, "/api/v1/apps/" + name, archive).statusCode())
                        .as(name)
                        .isBetween(400, 404);
            }
            assertThat(put(server, "/api/v1/apps/unknown-host/shop", archive).body())
                    .contains("virtual host: unknown-host (expected: one of [default])");
            assertThat(archives()).isEmpty();
            assertThat(Files.list(server.apps())).isEmpty();
        }
    }

    @Test
    void aStartIsFollowedAndCancelled() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        System.getProperties().put(HeldListener.LATCH, latch);
        byte[] held = TestWar.saying("held")
                .with(HeldListener.class)
                .descriptor(
                        "<listener><listener-class>" + HeldListener.class.getName() + "</listener-class></listener>")
                .bytes();
        try (RealServer server = RealServer.started(home)) {
            put(server, "/api/v1/apps/shop?wait=60", TestWar.saying("old").bytes());
            HttpResponse<String> begun = put(server, "/api/v1/apps/shop", held);
            assertThat(begun.statusCode()).isEqualTo(202);
            String operation = begun.headers().firstValue("Location").orElseThrow();
            await().untilAsserted(() -> assertThat(server.get(operation).body())
                    .contains("\"outcome\":\"running\",\"percent\":50", "{\"name\":\"start\",\"state\":\"running\""));
            assertThat(server.application("/shop/").body()).isEqualTo("old");

            assertThat(server.post(operation + "/cancel").body()).contains("\"outcome\":\"cancelled\"");
            assertThat(server.post(operation + "/cancel").statusCode()).isEqualTo(409);
            assertThat(server.application("/shop/").body()).isEqualTo("old");
            assertThat(server.get("/api/v1/operations?outcome=cancelled").body())
                    .contains("\"what\":\"deploy\"");

            HttpResponse<String> again = put(server, "/api/v1/apps/shop", held);
            latch.countDown();
            await().untilAsserted(() -> assertThat(
                            server.get(again.headers().firstValue("Location").orElseThrow())
                                    .body())
                    .contains("\"outcome\":\"done\""));
            assertThat(server.application("/shop/").body()).isEqualTo("held");
        } finally {
            latch.countDown();
            System.getProperties().remove(HeldListener.LATCH);
        }
    }
}
