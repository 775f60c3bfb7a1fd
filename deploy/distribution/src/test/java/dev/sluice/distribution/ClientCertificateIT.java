package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.SessionServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servlet 6.1, 13.6.4: CLIENT-CERT with a user of the users file; what was there before the login gets a new session id. */
class ClientCertificateIT {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
              <servlet><servlet-name>s</servlet-name><servlet-class>%s</servlet-class></servlet>
              <servlet-mapping><servlet-name>s</servlet-name><url-pattern>/open</url-pattern></servlet-mapping>
              <servlet-mapping><servlet-name>s</servlet-name><url-pattern>/secured</url-pattern></servlet-mapping>
              <security-constraint>
                <web-resource-collection><web-resource-name>s</web-resource-name><url-pattern>/secured</url-pattern></web-resource-collection>
                <auth-constraint><role-name>clerk</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>CLIENT-CERT</auth-method></login-config>
              <security-role><role-name>clerk</role-name></security-role>
            </web-app>
            """.formatted(SessionServlet.class.getName());

    @TempDir
    static Path directory;

    private static SluiceProcess sluice;
    private static Keys server;
    private static Keys ann;

    @BeforeAll
    static void start() throws Exception {
        server = Keys.make(directory.resolve("server.p12"), "CN=localhost");
        ann = Keys.make(directory.resolve("ann.p12"), "CN=ann, O=Sluice");
        Path users = Files.writeString(
                directory.resolve("users.txt"), "CN=ann, O=Sluice issued by CN=ann, O=Sluice:-:clerk\n");
        sluice = SluiceProcess.run(
                directory,
                "--set",
                "tls.port=0",
                "--set",
                "tls.keystore=" + server.file(),
                "--set",
                "tls.keystore-password=" + Keys.PASSWORD,
                "--set",
                "tls.client-certificates=wanted",
                "--set",
                "tls.client-authorities=" + ann.certificate(directory.resolve("authorities.pem")),
                "--set",
                "users-file=" + users,
                Jars.war(directory.resolve("certificates.war"), WEB_XML, SessionServlet.class));
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    private static HttpResponse<String> get(@Nullable Keys client, String path, String session) throws Exception {
        Matcher port = Pattern.compile("listening on https://127\\.0\\.0\\.1:(\\d+) \\(")
                .matcher(String.join("\n", sluice.lines()));
        assertThat(port.find()).as("%s", sluice.lines()).isTrue();
        URI uri = URI.create("https://127.0.0.1:" + port.group(1) + "/certificates/" + path);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(server.trustedBy(client))
                .build()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(30))
                                .header("Cookie", "JSESSIONID=" + session)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theUserOfTheCertificateIsLetIn() throws Exception {
        assertThat(get(ann, "secured", "").body()).startsWith("CN=ann, O=Sluice|CLIENT_CERT|");
    }

    @Test
    void nobodyIsLetInWithoutCertificate() throws Exception {
        assertThat(get(null, "secured", "").statusCode()).isIn(401, 403);
    }

    @Test
    void theSessionOfBeforeGetsANewIdAtTheLogin() throws Exception {
        String planted = last(get(null, "open", "").body());

        String[] seen = get(ann, "secured", planted).body().split("\\|");
        String[] old = get(null, "open", planted).body().split("\\|");

        assertThat(seen[3]).isEqualTo("made by null");
        assertThat(seen[4]).isNotEqualTo(planted);
        assertThat(old[2]).as("the planted id is valid").isEqualTo("false");
    }

    private static String last(String answer) {
        return answer.substring(answer.lastIndexOf('|') + 1);
    }
}
