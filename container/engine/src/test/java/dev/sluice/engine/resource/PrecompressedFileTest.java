package dev.sluice.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code file.br} and {@code file.gz} answer for {@code file} where the client takes them (RFC 9110, 12.5.3). */
class PrecompressedFileTest {
    @TempDir
    Path root;

    private StaticSite site;

    @BeforeEach
    void fill() throws Exception {
        site = new StaticSite(root)
                .file("a.js", "plain")
                .file("a.js.gz", "zipped")
                .file("a.js.br", "brotli");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "gzip > gzip",
                "gzip, br > br",
                "gzip;q=1.0, br;q=0.5 > gzip",
                "br;q=0, gzip;q=0.1 > gzip",
                "* > br",
                "*;q=0 > none",
                "br;q=0,* > gzip",
                "deflate > none",
                "gzip;q=0 > none",
                "GZIP > gzip",
                "gzip;q=nonsense > none"
            })
    void chosenByWeight(String accepted, String coding) throws Exception {
        Response response = site.get("/a.js", "Accept-Encoding", accepted);
        boolean none = coding.equals("none");
        assertThat(response.header("Content-Encoding")).isEqualTo(none ? null : coding);
        assertThat(response.text()).isEqualTo(none ? "plain" : coding.equals("br") ? "brotli" : "zipped");
        assertThat(response.header("Content-Type")).isEqualTo("text/javascript");
        assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void withoutTheHeaderItIsThePlainOne() throws Exception {
        assertThat(site.get("/a.js").text()).isEqualTo("plain");
    }

    @Test
    void everyCodingHasItsOwnTag() throws Exception {
        String zipped =
                String.valueOf(site.get("/a.js", "Accept-Encoding", "gzip").header("ETag"));
        assertThat(zipped).isNotEqualTo(site.get("/a.js").header("ETag"));
        assertThat(site.get("/a.js", "If-None-Match", zipped).status()).isEqualTo(200);
        assertThat(site.get("/a.js", "If-None-Match", zipped, "Accept-Encoding", "gzip")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void aStaleOneIsNotUsed() throws Exception {
        Files.setLastModifiedTime(root.resolve("a.js.gz"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(site.get("/a.js", "Accept-Encoding", "gzip").text()).isEqualTo("plain");
    }
}
