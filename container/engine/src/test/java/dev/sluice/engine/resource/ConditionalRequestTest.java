package dev.sluice.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Response;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, 13: validators and the order in which they count. */
class ConditionalRequestTest {
    private static final String BEFORE = "Sun, 01 Mar 2026 09:59:59 GMT";
    private static final String AT = "Sun, 01 Mar 2026 10:00:00 GMT";
    private static final String AFTER = "Sun, 01 Mar 2026 10:00:01 GMT";

    @TempDir
    Path root;

    private StaticSite site;
    private String tag;

    @BeforeEach
    void fill() throws Exception {
        site = new StaticSite(root).file("a.txt", "hello");
        tag = String.valueOf(site.get("/a.txt").header("ETag"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "If-None-Match > TAG > 304",
                "If-None-Match > W/TAG > 304",
                "If-None-Match > \"x\", TAG > 304",
                "If-None-Match > \"x,y\",W/TAG > 304",
                "If-None-Match > * > 304",
                "If-None-Match > \"x\" > 200",
                "If-None-Match > nonsense > 200",
                "If-Match > TAG > 200",
                "If-Match > * > 200",
                "If-Match > W/TAG > 412",
                "If-Match > \"x\" > 412",
                "If-Modified-Since > BEFORE > 200",
                "If-Modified-Since > AT > 304",
                "If-Modified-Since > AFTER > 304",
                "If-Modified-Since > yesterday > 200",
                "If-Unmodified-Since > BEFORE > 412",
                "If-Unmodified-Since > AT > 200",
                "If-Unmodified-Since > tomorrow > 200"
            })
    void oneCondition(String header, String value, int status) throws Exception {
        String sent =
                switch (value) {
                    case "BEFORE" -> BEFORE;
                    case "AT" -> AT;
                    case "AFTER" -> AFTER;
                    default -> value.replace("TAG", tag);
                };
        for (String method : new String[] {"GET", "HEAD"}) {
            Response response = site.send(method, "/a.txt", header, sent);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.text()).isEqualTo(status == 200 && method.equals("GET") ? "hello" : "");
        }
    }

    @Test
    void notModifiedKeepsTheValidators() throws Exception {
        Response response = site.get("/a.txt", "If-None-Match", tag);
        assertThat(response.header("ETag")).isEqualTo(tag);
        assertThat(response.header("Last-Modified")).isNotNull();
        assertThat(response.header("Content-Length")).isNull();
    }

    @Test
    void tagsCountBeforeDates() throws Exception {
        assertThat(site.get("/a.txt", "If-None-Match", "\"x\"", "If-Modified-Since", AFTER)
                        .status())
                .isEqualTo(200);
        assertThat(site.get("/a.txt", "If-Match", tag, "If-Unmodified-Since", BEFORE)
                        .status())
                .isEqualTo(200);
        assertThat(site.get("/a.txt", "If-Match", "\"x\"", "If-None-Match", tag).status())
                .isEqualTo(412);
    }
}
