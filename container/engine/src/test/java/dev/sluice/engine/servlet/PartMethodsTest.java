package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentences of the Javadoc of {@code Part}. */
class PartMethodsTest {
    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
            + "Content-Type: text/plain\r\nX-Mark: 1\r\nx-mark: 2\r\n";
    private static final String FIELD = "Content-Disposition: form-data; name=\"field\"\r\n";

    @TempDir
    Path directory;

    /** What is checked with the two parts of a request. */
    private interface Checks {
        void run(Part file, Part field) throws IOException;
    }

    private static final class Checking extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Checks checks;

        Checking(Checks checks) {
            this.checks = checks;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            checks.run(request.getPart("file"), request.getPart("field"));
            response.getWriter().print("checked");
        }
    }

    private void check(Checks checks) {
        String body = "--b\r\n" + FILE + "\r\ncontent\r\n--b\r\n" + FIELD + "\r\nv\r\n--b--\r\n";
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> {
                    ServletRegistration.Dynamic servlet = context.addServlet("parts", new Checking(checks));
                    servlet.addMapping("/parts");
                    servlet.setMultipartConfig(new MultipartConfigElement(directory.toString()));
                })
                .start()) {
            RawResponse answer = app.send("POST /app/parts HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data;"
                    + " boundary=b\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(answer.body()).isEqualTo("checked");
        }
    }

    @Test
    void whatAPartIs() {
        check((file, field) -> {
            assertThat(file.getName()).isEqualTo("file");
            assertThat(file.getContentType()).isEqualTo("text/plain");
            assertThat(file.getSubmittedFileName()).isEqualTo("a.txt");
            assertThat(file.getSize()).isEqualTo(7);
            assertThat(file.getInputStream()).hasContent("content");
            assertThat(file.getInputStream())
                    .as("a stream of its own each time")
                    .hasContent("content");
            assertThat(field.getContentType()).isNull();
            assertThat(field.getSubmittedFileName()).isNull();
            assertThat(field.getSize()).isEqualTo(1);
        });
    }

    @Test
    void headersAreFoundInAnyCaseAndTheFirstOfAName() {
        check((file, field) -> {
            assertThat(file.getHeader("X-MARK")).isEqualTo("1");
            assertThat(file.getHeaders("X-MARK")).containsExactly("1", "2");
            assertThat(file.getHeader("none")).isNull();
            assertThat(file.getHeaders("none")).isEmpty();
            assertThat(file.getHeaderNames())
                    .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                    .containsExactlyInAnyOrder("Content-Disposition", "Content-Type", "X-Mark");
            assertThat(field.getHeaderNames()).hasSize(1);
        });
    }

    @Test
    void changedCollectionsDoNotChangeThePart() {
        check((file, field) -> {
            for (Collection<String> taken : java.util.List.of(file.getHeaders("x-mark"), file.getHeaderNames())) {
                taken.add("3");
                taken.remove("1");
            }
            assertThat(file.getHeaders("x-mark")).containsExactly("1", "2");
            assertThat(file.getHeaderNames()).doesNotContain("3").hasSize(3);
        });
    }

    @Test
    void relativePathsAreBelowTheLocationAndAbsoluteOnesAsGiven() {
        check((file, field) -> {
            file.write("relative.txt");
            assertThat(directory.resolve("relative.txt")).hasContent("content");
            Path absolute = directory.resolveSibling(directory.getFileName() + "-absolute.txt");
            absolute.toFile().deleteOnExit();
            field.write(absolute.toString());
            assertThat(absolute).hasContent("v");
        });
    }

    @Test
    void deleteTakesTheTemporaryFileAway() {
        check((file, field) -> {
            assertThat(directory.toFile().list())
                    .as("file and field are stored there, with the threshold 0")
                    .isNotEmpty();
            file.delete();
            field.delete();
            assertThat(directory).isEmptyDirectory();
        });
    }
}
