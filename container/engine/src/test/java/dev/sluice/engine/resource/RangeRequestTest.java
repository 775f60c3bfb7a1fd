package dev.sluice.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Response;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 14. */
class RangeRequestTest {
    @TempDir
    Path root;

    private StaticSite site;

    @BeforeEach
    void fill() throws Exception {
        site = new StaticSite(root).file("a.txt", "0123456789").file("empty.txt", "");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=9-9, 9, bytes 9-9/10",
        "bytes=4-, 456789, bytes 4-9/10",
        "bytes=4-1000, 456789, bytes 4-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=-1000, 0123456789, bytes 0-9/10",
        "BYTES=0-0, 0, bytes 0-0/10"
    })
    void one(String range, String content, String contentRange) throws Exception {
        Response response = site.get("/a.txt", "Range", range);
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.text()).isEqualTo(content);
        assertThat(response.header("Content-Range")).isEqualTo(contentRange);
        assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(content.length()));
        assertThat(response.header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void several() throws Exception {
        Response response = site.get("/a.txt", "Range", "bytes=0-1, 5-6,-1,100-");
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Type")).startsWith("multipart/byteranges; boundary=");
        assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(response.bytes().length));
        assertThat(response.header("Content-Range")).isNull();
        String boundary = String.valueOf(response.header("Content-Type")).split("=")[1];
        String expected = "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
                + "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 5-6/10\r\n\r\n56"
                + "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9\r\n--B--\r\n";
        assertThat(response.text().replace(boundary, "B")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20,30-40", "bytes=-0"})
    void unsatisfiable(String range) throws Exception {
        Response response = site.get("/a.txt", "Range", range);
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).isEqualTo("bytes */10");
        assertThat(response.bytes()).isEmpty();
    }

    @Test
    void nothingOfAnEmptyFile() throws Exception {
        assertThat(site.get("/empty.txt", "Range", "bytes=0-").status()).isEqualTo(416);
        assertThat(site.get("/empty.txt").header("Content-Length")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=,",
                "bytes=a-b",
                "bytes=3-1",
                "bytes=1",
                "bytes=--1",
                "bytes=1-2-3",
                "lines=0-1",
                "0-1",
                "bytes=99999999999999999999-",
                "bytes=0-9,0-9",
                "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,0-0,1-1,2-2,3-3,4-4,5-5,6-6"
            })
    void whatMakesNoSenseOrTooMuchOfItIsTheWholeFile(String range) throws Exception {
        Response response = site.get("/a.txt", "Range", range);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("0123456789");
    }

    @Test
    void ifRange() throws Exception {
        String tag = String.valueOf(site.get("/a.txt").header("ETag"));
        assertThat(site.get("/a.txt", "Range", "bytes=0-1", "If-Range", tag).status())
                .isEqualTo(206);
        assertThat(site.get("/a.txt", "Range", "bytes=0-1", "If-Range", "W/" + tag)
                        .status())
                .isEqualTo(200);
        assertThat(site.get("/a.txt", "Range", "bytes=0-1", "If-Range", "\"x\"").status())
                .isEqualTo(200);
        assertThat(site.get("/a.txt", "Range", "bytes=0-1", "If-Range", StaticSite.MODIFIED)
                        .status())
                .isEqualTo(206);
        assertThat(site.get("/a.txt", "Range", "bytes=0-1", "If-Range", "Sun, 01 Mar 2026 10:00:01 GMT")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void headIgnoresThem() throws Exception {
        assertThat(site.send("HEAD", "/a.txt", "Range", "bytes=0-1").status()).isEqualTo(200);
    }

    @Test
    void conditionsComeFirst() throws Exception {
        String tag = String.valueOf(site.get("/a.txt").header("ETag"));
        assertThat(site.get("/a.txt", "Range", "bytes=0-1", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void nothingIsEverThrownAndNothingIsOutside() {
        long seed = System.nanoTime();
        System.out.println("RangeRequestTest seed " + seed);
        Random random = new Random(seed);
        String alphabet = "0123456789-,= b";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder header = new StringBuilder("bytes=");
            for (int j = random.nextInt(25); j > 0; j--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            long size = random.nextInt(50);
            for (ByteRanges.Range range :
                    ByteRanges.parse(header.toString(), size, 16).ranges()) {
                assertThat(range.first())
                        .as("%s of %s, seed %s", header, size, seed)
                        .isBetween(0L, range.last());
                assertThat(range.last()).isLessThan(size);
            }
        }
    }
}
