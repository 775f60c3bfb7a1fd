package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that calls the container's objects through their own classes: in the whole installation, with its class loaders. */
class ReflectionSampleIT {
    private static final String FORM =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + "text\r\n--b--\r\n";

    @TempDir
    Path directory;

    @Test
    void everyObjectCanBeCalled() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(directory, SampleWars.REFLECTION)) {
            HttpResponse<String> answer =
                    new Browser(sluice).post("/reflection/inspect", "multipart/form-data; boundary=b", FORM);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("closed: []")
                    .containsPattern(
                            "types: \\[.*AsyncContext.*HttpServletRequest.*HttpServletResponse.*HttpSession.*Part.*"
                                    + "RequestDispatcher.*ServletConfig.*ServletContext")
                    .containsPattern("real path: /.*[^/]/\n");
            Matcher calls = Pattern.compile("calls: (\\d+)").matcher(answer.body());
            assertThat(calls.find()).isTrue();
            assertThat(Integer.parseInt(calls.group(1))).isGreaterThan(150);
        }
    }
}
