package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample without Java: what its pages do with JSTL, tag files and expressions, as a user sees it. */
class JstlSampleIT {
    @TempDir
    private static Path directory;

    private static SluiceProcess sluice;

    @BeforeAll
    static void start() throws Exception {
        sluice = SluiceProcess.run(directory, SampleWars.JSTL);
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    @Test
    void aListIsKept() throws Exception {
        Browser browser = new Browser(sluice);
        assertThat(browser.get("/jstl/").body())
                .contains("<title>Shopping list</title>", "Nothing yet.", "action=\"/jstl/add.jsp");
        browser.post("/jstl/add.jsp", Map.of("name", "tea", "price", "2.5"));
        HttpResponse<String> list =
                browser.post("/jstl/add.jsp", Map.of("name", "<b>caf\u00e9</b>", "price", "1234.5"));
        assertThat(list.uri().getPath()).isEqualTo("/jstl/");
        assertThat(list.body())
                .contains("2 entries, 1,237.00 in all.")
                .contains("<li class=\"even\">tea: 2.50</li>")
                .contains("<li class=\"odd\">&lt;b&gt;caf\u00e9&lt;/b&gt;: 1,234.50</li>")
                .contains("Dear: &lt;b&gt;caf\u00e9&lt;/b&gt;</p>");
        assertThat(new Browser(sluice).get("/jstl/").body())
                .as("another user's list")
                .contains("Nothing yet.");
    }

    @Test
    void whatCannotBeReadIsRefusedByAnErrorPage() throws Exception {
        HttpResponse<String> refused =
                new Browser(sluice).post("/jstl/add.jsp", Map.of("name", "tea", "price", "dear"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("<title>Refused</title>", "not dear.");
    }
}
