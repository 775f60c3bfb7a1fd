package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications are stopped, started, redeployed and undeployed, wherever they come from; one is shown as a whole. */
class ApplicationActionsTest {
    @TempDir
    private Path home;

    private static HttpResponse<String> deploy(RealServer server, Map<String, Object> body) throws Exception {
        return server.send(server.request("/api/v1/apps?wait=60").POST(BodyPublishers.ofString(Json.write(body))));
    }

    @Test
    void aDroppedOneIsStoppedStartedAndUndeployed() throws Exception {
        Files.createDirectories(home.resolve("apps"));
        Files.write(home.resolve("apps/shop.war"), TestWar.saying("dropped").bytes());
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.application("/shop/").body()).isEqualTo("dropped");
            assertThat(server.post("/api/v1/apps/shop/start").body())
                    .contains("\"status\":409", "shop is running (expected: one that is stopped or has failed)");
            assertThat(server.send(server.request("/api/v1/apps/shop")
                                    .PUT(BodyPublishers.ofByteArray(
                                            TestWar.saying("x").bytes())))
                            .body())
                    .contains("\"status\":409", "shop comes from " + home.resolve("apps/shop.war"));

            assertThat(server.post("/api/v1/apps/shop/stop?wait=60").statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/shop/").statusCode()).isEqualTo(404);
            assertThat(server.get("/api/v1/apps").body()).contains("\"name\":\"shop\"", "\"state\":\"stopped\"");
            assertThat(server.post("/api/v1/apps/shop/redeploy").body()).contains("shop is stopped");

            assertThat(server.post("/api/v1/apps/shop/start?wait=60").statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/shop/").body()).isEqualTo("dropped");
            assertThat(server.post("/api/v1/apps/shop/back").body()).contains("no archive before this one");

            assertThat(server.send(server.request("/api/v1/apps/shop?wait=60").DELETE())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/shop/").statusCode()).isEqualTo(404);
            assertThat(Files.list(home.resolve("apps"))
                            .map(file -> file.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .startsWith(".shop.war.undeployed-");
        }
    }

    @Test
    void anArchiveOnTheServerIsDeployedAndReadAgain() throws Exception {
        Path archive = home.resolve("outside.war");
        Files.write(archive, TestWar.saying("first").bytes());
        try (RealServer server = RealServer.started(home)) {
            HttpResponse<String> deployed = deploy(server, Map.of("name", "a#b", "path", archive.toString()));
            assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);
            assertThat(server.application("/a/b/").body()).isEqualTo("first");
            Files.write(home.resolve("next.war"), TestWar.saying("second").bytes());
            Files.move(home.resolve("next.war"), archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(server.post("/api/v1/apps/a%23b/redeploy?wait=60").statusCode())
                    .isEqualTo(200);
            assertThat(server.application("/a/b/").body()).isEqualTo("second");
        }
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.application("/a/b/").body()).isEqualTo("second");
        }
    }

    @Test
    void mistakesAreNamed() throws Exception {
        try (RealServer server = RealServer.started(home)) {
            assertThat(deploy(server, Map.of("name", "x", "path", "relative.war"))
                            .body())
                    .contains("bad-request", "expected: the absolute path");
            assertThat(deploy(server, Map.of("name", "x")).body()).contains("path: null (expected: text)");
            assertThat(server.post("/api/v1/apps").body()).contains("JSON, character 1");
            for (String action : new String[] {"redeploy", "start", "stop", "back"}) {
                assertThat(server.post("/api/v1/apps/none/" + action).statusCode())
                        .as(action)
                        .isEqualTo(404);
            }
            assertThat(server.send(server.request("/api/v1/apps/none").DELETE()).statusCode())
                    .isEqualTo(404);
            assertThat(server.post("/api/v1/apps/none/stop?wait=601").body()).contains("wait: 601");
            assertThat(server.post("/api/v1/operations/none/cancel").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void oneIsShownAsAWhole() throws Exception {
        Files.createDirectories(home.resolve("apps"));
        Files.write(
                home.resolve("apps/shop.war"),
                TestWar.saying("x")
                        .descriptor(
                                "<servlet><servlet-name>files</servlet-name><servlet-class>dev.none.Lazy</servlet-class></servlet>"
                                        + "<servlet-mapping><servlet-name>files</servlet-name><url-pattern>/files/*</url-pattern></servlet-mapping>"
                                        + "<security-constraint><web-resource-collection><web-resource-name>a</web-resource-name>"
                                        + "<url-pattern>/admin/*</url-pattern><http-method>GET</http-method></web-resource-collection>"
                                        + "<auth-constraint><role-name>boss</role-name></auth-constraint></security-constraint>"
                                        + "<login-config><auth-method>BASIC</auth-method></login-config>"
                                        + "<security-role><role-name>boss</role-name></security-role>"
                                        + "<env-entry><env-entry-name>rate</env-entry-name><env-entry-type>java.lang.String</env-entry-type>"
                                        + "<env-entry-value>secret</env-entry-value></env-entry>")
                        .bytes());
        try (RealServer server = RealServer.started(home)) {
            await().untilAsserted(() -> assertThat(
                            server.get("/api/v1/apps/shop").body())
                    .contains("\"state\":\"running\"")
                    .containsPattern("\"hash\":\"[0-9a-f]{64}\"")
                    .contains("{\"name\":\"start\",\"state\":\"done\",\"millis\":")
                    .contains(
                            "{\"name\":\"files\",\"class\":\"dev.none.Lazy\",\"page\":\"\",\"urlPatterns\":[\"/files/*\"]")
                    .contains(
                            "{\"urlPattern\":\"/admin/*\",\"method\":\"GET\",\"covered\":true,\"access\":\"roles\",\"roles\":[\"boss\"],\"confidential\":false}")
                    .contains(
                            "{\"urlPattern\":\"/admin/*\",\"method\":\"*\",\"covered\":false,\"access\":\"everybody\"")
                    .contains("\"uncovered\":{\"/admin/*\":\"all but GET\"}")
                    .contains("\"authMethod\":\"BASIC\"", "{\"name\":\"rate\",\"kind\":\"environment-entry\"")
                    .doesNotContain("secret"));
            assertThat(server.get("/api/v1/apps/none").statusCode()).isEqualTo(404);
        }
    }
}
