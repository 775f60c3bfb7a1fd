package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Requests that are small to send and dear to read are refused by a limit, whose key the exception names, and the server
 * serves on. After CVE-2023-26048, CVE-2024-13009, CVE-2024-3884, CVE-2024-4027 and CVE-2023-3223.
 */
@ExtendWith(ArquillianExtension.class)
class BombsTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(BombsTest.class, Reader.class);
    }

    @AfterEach
    void theServerServesOn() throws Exception {
        assertThat(Wire.get(base, "read?what=parameters").body()).isEqualTo("1");
    }

    private String post(String what, String type, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("POST /BombsTest/read?what=" + what
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return Wire.text(base, request + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Test
    void aMillionParameters() throws Exception {
        String most = post("parameters", FORM, "a&".repeat(900));
        String tooMany = post("parameters", FORM, "a&".repeat(1_000_000));

        assertThat(most).endsWith("\r\n2");
        assertThat(tooMany).contains("limits.parameters");
        assertThat(Wire.status(post("uncaught", FORM, "a&".repeat(1_000_000)))).isEqualTo(400);
    }

    @Test
    void aFormOfThreeMegabytes() throws Exception {
        assertThat(post("parameters", FORM, "a=" + "x".repeat(3 << 20))).contains("limits.form");
        assertThat(Wire.status(post("uncaught", FORM, "a=" + "x".repeat(3 << 20))))
                .isEqualTo(413);
    }

    @Test
    void manyCookies() throws Exception {
        String cookies = "Cookie: " + "a=b;".repeat(10_000);

        assertThat(post("cookies", "text/plain", "", "Cookie: " + "a=b;".repeat(200)))
                .endsWith("\r\n200");
        assertThat(Wire.status(post("cookies", "text/plain", "", cookies))).isEqualTo(400);
        assertThat(Wire.status(post("cookies", "text/plain", "", cookies.repeat(3))))
                .isEqualTo(431);
    }

    private static String part(String headers, String content) {
        return "--B\r\nContent-Disposition: form-data; " + headers + "\r\n\r\n" + content + "\r\n";
    }

    private String multipart(String what, String parts) throws IOException {
        return post(what, "multipart/form-data; boundary=B", parts + "--B--\r\n");
    }

    @Test
    void manyParts() throws Exception {
        assertThat(multipart("parts", part("name=a; filename=f", "x").repeat(1000)))
                .endsWith("\r\n1000");
        assertThat(multipart("parts", part("name=a; filename=f", "x").repeat(1001)))
                .contains("limits.parts");
    }

    @Test
    void partsWithoutFileNameAreNotHeldInMemoryWithoutEnd() throws Exception {
        assertThat(multipart("parts", part("name=a", "x".repeat(3 << 20)))).contains("limits.form");
        assertThat(multipart("parts", part("name=a", "x".repeat(300_000)).repeat(10)))
                .contains("limits.form");
    }

    @Test
    void aPartWithALongHeader() throws Exception {
        assertThat(multipart("parts", part("name=a\r\nX-Long: " + "y".repeat(10_000), "x")))
                .contains("limits.part-head");
    }

    /** Bodies are not decompressed behind the application's back: a bomb stays as small as it came. */
    @Test
    void aCompressedBody() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[8 << 20]);
        }
        String body = zipped.toString(StandardCharsets.ISO_8859_1);

        assertThat(post("bytes", "application/octet-stream", body, "Content-Encoding: gzip"))
                .endsWith("\r\n" + body.length());
    }

    @Test
    void manyLanguages() throws Exception {
        String languages = "Accept-Language: " + "en;q=0.1,".repeat(6_000);

        assertThat(post("languages", "text/plain", "", languages)).startsWith("HTTP/1.1 200 ");
    }

    @WebServlet("/read")
    @MultipartConfig(fileSizeThreshold = 1024)
    public static class Reader extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (request.getQueryString().endsWith("uncaught")) {
                request.getParameterMap();
                return;
            }
            try {
                response.getWriter().print(count(request));
            } catch (IllegalStateException limit) {
                response.getWriter().print(limit.getMessage());
            }
        }

        private static long count(HttpServletRequest request) throws ServletException, IOException {
            String what = request.getQueryString().substring("what=".length());
            return switch (what) {
                case "parameters" -> request.getParameterMap().size();
                case "cookies" -> request.getCookies().length;
                case "parts" -> request.getParts().size();
                case "languages" -> Collections.list(request.getLocales()).size();
                default -> request.getInputStream().readAllBytes().length;
            };
        }
    }
}
