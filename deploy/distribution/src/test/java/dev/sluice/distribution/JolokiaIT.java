package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A WAR of others that lets only a role in, with BASIC and the users file. */
@ExtendWith(RealApplications.class)
class JolokiaIT {

    @Test
    void nobodyIsAskedWho(SluiceProcess sluice) throws Exception {
        HttpResponse<String> answer = sluice.get("/jolokia/version");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"jolokia\", charset=\"UTF-8\"");
        assertThat(answer.body()).doesNotContain("agent");
    }

    @Test
    void aWrongPasswordIsNobody(SluiceProcess sluice) throws Exception {
        assertThat(sluice.send(as(sluice, RealApplications.ROLE_USER, "guess", "version"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aUserWithoutTheRoleIsRefused(SluiceProcess sluice) throws Exception {
        HttpRequest.Builder request = as(sluice, RealApplications.OTHER_USER, RealApplications.PASSWORD, "version");

        assertThat(sluice.send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void aUserWithTheRoleReadsAndAsks(SluiceProcess sluice) throws Exception {
        HttpResponse<String> version =
                sluice.send(as(sluice, RealApplications.ROLE_USER, RealApplications.PASSWORD, "version"));
        HttpResponse<String> memory = sluice.send(as(sluice, RealApplications.ROLE_USER, RealApplications.PASSWORD, "")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"HeapMemoryUsage\"}")));

        assertThat(version.statusCode()).isEqualTo(200);
        assertThat(version.body()).startsWith("{").contains("\"agent\":\"2.0.0\"", "\"status\":200");
        assertThat(memory.statusCode()).isEqualTo(200);
        assertThat(memory.body()).contains("\"used\":", "\"committed\":");
    }

    private static HttpRequest.Builder as(SluiceProcess sluice, String user, String password, String path) {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return sluice.request("/jolokia/" + path).header("Authorization", "Basic " + credentials);
    }
}
