package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletConnection;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Request ids and {@link ServletConnection}, Servlet 6.0 and newer. */
@ExtendWith(ArquillianExtension.class)
class RequestIdentityTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(RequestIdentityTest.class, Identity.class);
    }

    @Test
    void everyRequestHasItsOwnIdAndHttp1HasNoProtocolId(@ArquillianResource URL base) throws Exception {
        String[] first = Wire.get(base, "id").body().split("\\|", -1);
        String[] second = Wire.get(base, "id").body().split("\\|", -1);
        assertThat(first[0]).isNotEmpty().isNotEqualTo(second[0]);
        assertThat(first[1]).isEmpty();
    }

    @Test
    void aConnectionKeepsItsIdOverRequests(@ArquillianResource URL base) throws Exception {
        String request = "GET /RequestIdentityTest/id HTTP/1.1\r\nHost: localhost\r\n";
        String answers = Wire.text(base, request + "\r\n" + request + "Connection: close\r\n\r\n");
        String[] ids = Arrays.stream(answers.split("\r\n"))
                .filter(line -> line.contains("|"))
                .map(line -> line.split("\\|", -1)[2])
                .toArray(String[]::new);
        assertThat(ids).hasSize(2);
        assertThat(ids[0]).isNotEmpty().isEqualTo(ids[1]);
    }

    @Test
    void theConnectionTellsItsProtocol(@ArquillianResource URL base) throws Exception {
        String[] parts = Wire.get(base, "id").body().trim().split("\\|", -1);
        assertThat(parts[3]).isEqualTo("http/1.1");
        assertThat(parts[4]).isEqualTo("false");
    }

    @Test
    void aStreamOfHttp2HasItsNumber(@ArquillianResource URL base) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "id"))
                .timeout(Duration.ofSeconds(30))
                .build();
        String[] first = client.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .trim()
                .split("\\|", -1);
        String[] second = client.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .trim()
                .split("\\|", -1);

        assertThat(first[3]).isEqualTo("h2c");
        assertThat(Integer.parseInt(first[1])).isPositive().isOdd();
        assertThat(Integer.parseInt(second[1])).isGreaterThan(Integer.parseInt(first[1]));
        assertThat(second[2]).as("the same connection").isEqualTo(first[2]);
    }

    @WebServlet("/id")
    public static class Identity extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ServletConnection connection = request.getServletConnection();
            response.getWriter()
                    .print(String.join(
                                    "|",
                                    request.getRequestId(),
                                    request.getProtocolRequestId(),
                                    connection.getConnectionId(),
                                    connection.getProtocol(),
                                    String.valueOf(connection.isSecure()))
                            + "\r\n");
        }
    }
}
