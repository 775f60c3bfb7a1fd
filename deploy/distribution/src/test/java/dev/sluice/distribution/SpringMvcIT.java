package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample with Spring Framework 7: what its README promises. */
@ExtendWith(RealApplications.class)
class SpringMvcIT {

    @Test
    void answersWithJson(SluiceProcess sluice) throws Exception {
        HttpResponse<String> answer = get(sluice, "items");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .startsWith("[{\"id\":1,\"name\":\"tea\",\"price\":4},{\"id\":2,\"name\":\"caf\u00e9\",\"price\":5}");
    }

    @Test
    void aFormIsBoundValidatedAndKeptInTheSession(SluiceProcess sluice) throws Exception {
        HttpResponse<String> added = post(sluice, "items", "name=b%C3%BCch&price=3");
        HttpResponse<String> refused = post(sluice, "items", "name=&price=-3");
        String cookie = added.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        String last = sluice.send(sluice.request("/spring-mvc/items/last").header("Cookie", cookie))
                .body();

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.body()).contains("\"name\":\"b\u00fcch\",\"price\":3");
        assertThat(last).isEqualTo(added.body());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "items/99|404|\"detail\":\"item 99",
                "nothing|404|\"title\":\"Not Found\"",
                "later/callable|200|{\"thread\":\"shop-",
                "later/failing|404|\"detail\":\"item -1",
                "later/deferred|200|{\"deferred\":\"done\"}",
                "later/never|503|nobody answered",
                "static/shop.css|200|font-family",
            })
    void answers(String path, int status, String content, SluiceProcess sluice) throws Exception {
        HttpResponse<String> answer = get(sluice, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(content);
    }

    @Test
    void uploadsAreHashedAndLimited(SluiceProcess sluice) throws Exception {
        HttpResponse<String> small = upload(sluice, "hello");
        HttpResponse<String> large = upload(sluice, "x".repeat(70_000));

        assertThat(small.statusCode()).as(small.body()).isEqualTo(200);
        assertThat(small.body())
                .contains("\"size\":5", "\"name\":\"gr\u00fc\u00df.txt\"", "\"note\":\"n\u00f6te\"")
                .contains("\"sha256\":\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"");
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void sendsEvents(SluiceProcess sluice) throws Exception {
        HttpResponse<String> answer = get(sluice, "events");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(List.of(answer.body().split("\n\n")))
                .containsExactly(
                        "id:1\nevent:tick\ndata:event 1",
                        "id:2\nevent:tick\ndata:event 2",
                        "id:3\nevent:tick\ndata:event 3");
    }

    @Test
    void anUnchangedStaticFileIsNotSentAgain(SluiceProcess sluice) throws Exception {
        HttpResponse<String> first = get(sluice, "static/shop.css");
        String modified = first.headers().firstValue("Last-Modified").orElseThrow();
        HttpResponse<String> again =
                sluice.send(sluice.request("/spring-mvc/static/shop.css").header("If-Modified-Since", modified));

        assertThat(first.headers().firstValue("Cache-Control")).contains("max-age=3600");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    private static HttpResponse<String> get(SluiceProcess sluice, String path) throws Exception {
        return sluice.get("/spring-mvc/" + path);
    }

    private static HttpResponse<String> post(SluiceProcess sluice, String path, String form) throws Exception {
        return sluice.send(sluice.request("/spring-mvc/" + path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static HttpResponse<String> upload(SluiceProcess sluice, String content) throws Exception {
        String body = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nn\u00f6te\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gr\u00fc\u00df.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content + "\r\n--B--\r\n";
        HttpRequest.Builder request = sluice.request("/spring-mvc/uploads")
                .header("Content-Type", "multipart/form-data; boundary=B")
                .POST(BodyPublishers.ofString(body));
        return sluice.send(request);
    }
}
