package dev.sluice.engine.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.engine.parameter.BadRequestException;
import dev.sluice.engine.parameter.Parameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** multipart/form-data (RFC 7578; Servlet 6.1, 3.2). */
class MultipartParsingTest {
    private static final String TYPE = "multipart/form-data; boundary=XX";

    @TempDir
    Path directory;

    private static MultipartDescriptor config(long maxFile, long maxRequest, int threshold) {
        return new MultipartDescriptor("", maxFile, maxRequest, threshold);
    }

    private MultipartForm parse(String body, MultipartDescriptor config, MultipartLimits limits)
            throws IOException, ServletException {
        return parse(body.getBytes(StandardCharsets.UTF_8), TYPE, config, limits);
    }

    private MultipartForm parse(byte[] body, String type, MultipartDescriptor config, MultipartLimits limits)
            throws IOException, ServletException {
        return new MultipartParser(limits)
                .parse(new ByteArrayInputStream(body), type, -1, StandardCharsets.UTF_8, config, directory);
    }

    private MultipartForm parse(String body) throws IOException, ServletException {
        return parse(body, config(-1, -1, 0), MultipartLimits.DEFAULT);
    }

    private static String part(String disposition, String headers, String content) {
        return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n" + headers + "\r\n" + content + "\r\n";
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    @Test
    void fieldsAndFiles() throws Exception {
        String body = "preamble\r\n" + part("name=\"a\"", "", "1")
                + part(
                        "name=\"f\"; filename=\"x.txt\"",
                        "Content-Type: text/plain\r\nX-Y: 1\r\nx-y: 2\r\n",
                        "line\r\nline")
                + part("name=a", "Content-Type: text/plain; charset=ISO-8859-1\r\n", "2") + "--XX--\r\nepilogue";
        try (MultipartForm form = parse(body)) {
            assertThat(form.parts()).extracting(Part::getName).containsExactly("a", "f", "a");
            Part file = form.part("f");
            assertThat(file).isNotNull();
            assertThat(file.getSubmittedFileName()).isEqualTo("x.txt");
            assertThat(file.getContentType()).isEqualTo("text/plain");
            assertThat(file.getHeaders("X-y")).containsExactly("1", "2");
            assertThat(file.getHeader("x-Y")).isEqualTo("1");
            assertThat(file.getHeaderNames()).contains("Content-Disposition", "Content-Type", "X-Y");
            assertThat(file.getSize()).isEqualTo(10);
            try (InputStream in = file.getInputStream()) {
                assertThat(in).hasContent("line\r\nline");
            }
            Parameters parameters = new Parameters(10);
            form.addTo(parameters, StandardCharsets.UTF_8);
            assertThat(parameters.all("a")).containsExactly("1", "2");
            assertThat(parameters.all("f")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "filename=\"a b.txt\" > a b.txt",
                "filename=\"a\\\"b.txt\" > a\"b.txt",
                "filename=\"C:\\dir\\f.txt\" > C:\\dir\\f.txt",
                "filename=a.txt > a.txt",
                "filename=\"a;b.txt\" > a;b.txt",
                "filename=\"ä€.txt\" > ä€.txt",
                "filename=\"x\"; filename*=UTF-8''%c3%a4.txt > ä.txt",
                "filename=\"x\"; filename*=nonsense > x",
                "filename=\"\" > ``"
            })
    void fileNames(String parameter, String expected) throws Exception {
        try (MultipartForm form = parse(part("name=f; " + parameter, "", "1") + "--XX--\r\n")) {
            assertThat(form.parts()).extracting(Part::getSubmittedFileName).containsExactly(expected);
        }
    }

    @Nested
    class Limits {
        private BadRequestException refused(String body, MultipartDescriptor config, MultipartLimits limits)
                throws IOException {
            BadRequestException[] caught = new BadRequestException[1];
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> parse(body, config, limits))
                    .satisfies(e -> caught[0] = e);
            assertThat(files()).as("files left behind").isZero();
            return caught[0];
        }

        private final String twoFiles = part("name=f; filename=f", "", "123456789")
                + part("name=g; filename=g", "", "123456789") + "--XX--\r\n";

        @Test
        void partCount() throws IOException {
            BadRequestException e = refused(twoFiles, config(-1, -1, 0), new MultipartLimits(1, 8192, 100));
            assertThat(e.limit()).isEqualTo("limits.parts");
            assertThat(e.status()).isEqualTo(400);
        }

        @Test
        void partSize() throws IOException {
            assertThat(refused(twoFiles, config(8, -1, 0), MultipartLimits.DEFAULT)
                            .limit())
                    .isEqualTo("max-file-size of the servlet's multipart-config");
            assertThat(refused(twoFiles, config(8, -1, 100), MultipartLimits.DEFAULT)
                            .status())
                    .isEqualTo(413);
        }

        @Test
        void requestSize() throws IOException {
            assertThat(refused(twoFiles, config(-1, 100, 0), MultipartLimits.DEFAULT)
                            .limit())
                    .isEqualTo("max-request-size of the servlet's multipart-config");
        }

        @Test
        void headerSize() throws IOException {
            String body = part("name=f", "X: " + "y".repeat(10_000) + "\r\n", "1") + "--XX--\r\n";
            assertThat(refused(body, config(-1, -1, 0), MultipartLimits.DEFAULT).limit())
                    .isEqualTo("limits.part-head");
        }

        @Test
        void fieldsTogether() throws IOException {
            String body = part("name=f", "", "123456") + part("name=g", "", "123456") + "--XX--\r\n";
            assertThat(refused(body, config(-1, -1, 0), new MultipartLimits(10, 8192, 10))
                            .limit())
                    .isEqualTo("limits.form");
        }
    }

    @Nested
    class Storage {
        private final String body = part("name=f; filename=f", "", "x".repeat(100)) + "--XX--\r\n";

        @Test
        void aFileFromTheThreshold() throws Exception {
            try (MultipartForm form = parse(body, config(-1, -1, 99), MultipartLimits.DEFAULT)) {
                assertThat(form.parts()).hasSize(1);
                assertThat(files()).isEqualTo(1);
            }
            assertThat(files()).isZero();
            try (MultipartForm form = parse(body, config(-1, -1, 100), MultipartLimits.DEFAULT)) {
                assertThat(form.parts()).hasSize(1);
                assertThat(files()).isZero();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1000})
        void writeKeepsIt(int threshold) throws Exception {
            try (MultipartForm form = parse(body, config(-1, -1, threshold), MultipartLimits.DEFAULT)) {
                Part part = form.parts().iterator().next();
                part.write("kept.txt");
                assertThat(directory.resolve("kept.txt")).hasSize(100);
                assertThat(part.getInputStream()).hasContent("x".repeat(100));
            }
            assertThat(directory.resolve("kept.txt")).hasSize(100);
            assertThat(files()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"../up.txt", "a/../../up.txt", ".", ""})
        void writeStaysInItsDirectory(String name) throws Exception {
            try (MultipartForm form = parse(body)) {
                Part part = form.parts().iterator().next();
                assertThatIOException().isThrownBy(() -> part.write(name));
            }
        }

        @Test
        void deleteIsFinal() throws Exception {
            try (MultipartForm form = parse(body)) {
                Part part = form.parts().iterator().next();
                part.delete();
                part.delete();
                assertThat(files()).isZero();
                assertThatIOException().isThrownBy(part::getInputStream);
                assertThatIOException().isThrownBy(() -> part.write("later"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--\r\n",
                "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--\r\n",
                "--XX\r\n\r\n1\r\n--XX--\r\n",
                "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n",
                "--XX\r\nContent-Disposition: form-data; name=a",
                "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX"
            })
    void malformedIs400(String body) throws IOException {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> parse(body))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400));
        assertThat(files()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\""})
    void aBoundaryIsNeeded(String type) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> parse(new byte[0], type, config(-1, -1, 0), MultipartLimits.DEFAULT));
    }

    @Test
    void otherTypesHaveNoParts() {
        for (@Nullable String type : new String[] {"text/plain", "multipart/mixed; boundary=XX", null}) {
            assertThat(MultipartParser.isMultipart(type)).isFalse();
        }
        assertThat(MultipartParser.isMultipart("Multipart/Form-Data;boundary=x"))
                .isTrue();
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> parse(new byte[0], "text/plain", config(-1, -1, 0), MultipartLimits.DEFAULT));
    }

    @Test
    void noPartsAtAll() throws Exception {
        try (MultipartForm form = parse("--XX--\r\n")) {
            assertThat(form.parts()).isEmpty();
        }
    }

    @Test
    void nothingElseIsEverThrown() throws Exception {
        long seed = System.nanoTime();
        System.out.println("MultipartParsingTest seed " + seed);
        Random random = new Random(seed);
        byte[] good = (part("name=\"a\"", "", "1") + part("name=f; filename=\"x\"", "Content-Type: a/b\r\n", "22")
                        + "--XX--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] body = mutated(good, random);
            try (MultipartForm form = parse(body, TYPE, config(100, 10_000, 50), new MultipartLimits(5, 200, 1000))) {
                form.addTo(new Parameters(100), StandardCharsets.UTF_8);
            } catch (BadRequestException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive().isLessThan(5_000);
        assertThat(files()).isZero();
    }

    private static byte[] mutated(byte[] good, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : good) {
            switch (random.nextInt(60)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> {
                    out.write(b);
                    out.write(b);
                }
                case 2 -> out.write("\r\n-;=\"X:".charAt(random.nextInt(8)));
                case 3 -> {}
                default -> out.write(b);
            }
        }
        return out.toByteArray();
    }
}
