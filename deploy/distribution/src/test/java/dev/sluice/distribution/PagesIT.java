package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages and the container together: names and parameters that are not ASCII, in requests that name no charset. */
class PagesIT {
    private static final String HEAD = "<%@ page contentType=\"text/plain; charset=UTF-8\" pageEncoding=\"UTF-8\" %>";

    @TempDir
    private static Path directory;

    private static SluiceProcess sluice;

    private static byte[] page(String text) {
        return (HEAD + text).getBytes(StandardCharsets.UTF_8);
    }

    @BeforeAll
    static void start() throws Exception {
        String parameter = "<jsp:param name=\"p\" value=\"\u00fc + b\"/>";
        Path war = Jars.war(
                directory.resolve("pages.war"),
                Map.of(
                        "shown.jsp", page("[${param.p}|${param.q}]"),
                        "included.jsp", page("<jsp:include page=\"shown.jsp\">" + parameter + "</jsp:include>"),
                        "forwarded.jsp", page("<jsp:forward page=\"shown.jsp\">" + parameter + "</jsp:forward>"),
                        "gr\u00fc\u00df.jsp",
                                page("${pageContext.request.requestURI} ${pageContext.request.servletPath}")));
        sluice = SluiceProcess.run(directory, war);
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    @Test
    void aParameterOfAnIncludeOrForwardIsWhatThePageSays() throws Exception {
        for (String page : new String[] {"included", "forwarded"}) {
            assertThat(sluice.get("/pages/" + page + ".jsp?q=1").body().strip()).isEqualTo("[\u00fc + b|1]");
        }
    }

    @Test
    void aPageWithAnyNameIsFound() throws Exception {
        assertThat(sluice.get("/pages/gr%C3%BC%C3%9F.jsp").body().strip())
                .isEqualTo("/pages/gr%C3%BC%C3%9F.jsp /gr\u00fc\u00df.jsp");
    }
}
