package dev.sluice.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.Response;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any path and any header get one of the specified answers, and never what is private. */
class StaticRequestFuzzTest {
    private static final Set<Integer> ANSWERS = Set.of(200, 206, 302, 304, 404, 412, 416);
    private static final String[] HEADERS = {
        "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Accept-Encoding"
    };
    private static final String[] VALUES = {
        "bytes=",
        "0-",
        "1-3",
        "-2",
        ",",
        "\"",
        "W/",
        "\"x\"",
        "*",
        "gzip",
        "br;q=",
        "0.5",
        ";",
        " ",
        "9999999999999999999",
        "Sun, 01 Mar 2026 10:00:00 GMT",
        "\u00e4",
        "="
    };
    private static final String[] SEGMENTS = {
        "/",
        "a.txt",
        "dir",
        "WEB-INF",
        "web-inf",
        "META-INF",
        "secret",
        "b.txt",
        ".",
        "%2e",
        ";x",
        "\\",
        "\u00e4",
        "a.txt.gz",
        " "
    };

    @TempDir
    Path root;

    @Test
    void everyAnswerIsSpecified() throws Exception {
        long seed = System.nanoTime();
        System.out.println("StaticRequestFuzzTest seed " + seed);
        Random random = new Random(seed);
        StaticSite site = new StaticSite(root)
                .file("a.txt", "0123456789")
                .file("a.txt.gz", "zipped")
                .file("dir/b.txt", "b")
                .file("WEB-INF/secret", "SECRET")
                .file("META-INF/secret", "SECRET");
        for (int i = 0; i < 10_000; i++) {
            Request request = new Request(random.nextInt(4) == 0 ? "HEAD" : "GET", "/" + join(SEGMENTS, random, 4));
            for (int j = random.nextInt(4); j > 0; j--) {
                request.header(HEADERS[random.nextInt(HEADERS.length)], join(VALUES, random, 6));
            }
            Response response = site.send(request);
            assertThat(ANSWERS).as("seed %s: %s", seed, request.path()).contains(response.status());
            assertThat(response.text()).doesNotContain("SECRET");
        }
    }

    private static String join(String[] pieces, Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
