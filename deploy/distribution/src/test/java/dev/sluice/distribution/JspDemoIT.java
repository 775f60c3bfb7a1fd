package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A WAR of others with JSPs: beans, tags of its own, a tag file, expressions, and the container's standard tags. */
@ExtendWith(RealApplications.class)
class JspDemoIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| Eclipse Jetty JSP Demo Webapp",
                "dump.jsp?a=b%20c| (?s)getParameter\\(\"a\"\\)</th>\\s*<td>b c</td>",
                "tag.jsp| \\w{3}, \\d\\d/\\w{3}/\\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000",
                "tag2.jsp| On \\w{3} the \\d+ of \\w{3} in the year \\d{4}",
                "jstl.jsp| (?s)JSTL Example.*\\s1\\s.*\\s10\\s",
                "foo/| (?s)FOO Example.*\\s1\\s.*\\s10\\s",
            })
    void showsItsPage(String page, String expected, SluiceProcess sluice) throws Exception {
        HttpResponse<String> answer = sluice.get("/demo-jsp/" + page);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(answer.body()).containsPattern(expected).doesNotContain("<%", "jsp:", "acme:date2");
    }

    @Test
    void expressionsAreEvaluatedAndEscapedOnesAreNot(SluiceProcess sluice) throws Exception {
        String page = sluice.get("/demo-jsp/expr.jsp?A=21").body();

        assertThat(page)
                .contains("<td>${param[\"A\"]}</td>", "<td>21&nbsp;</td>", "<td>42&nbsp;</td>", "<td>2</td>")
                .contains("<td>127.0.0.1:" + sluice.port() + "</td>");
    }

    @Test
    void aTagFileCallsItselfAndItsBody(SluiceProcess sluice) throws Exception {
        String page = sluice.get("/demo-jsp/tagfile.jsp").body();

        assertThat(page)
                .containsSubsequence(
                        "<b>Panel 1</b>", "First panel.", "<b>Panel 3</b>", "<b>Inner</b>", "A panel in a panel.")
                .containsSubsequence("bgcolor=\"#ff8080\"", "bgcolor=\"#ffc0c0\"", "bgcolor=\"#ffc0ff\"");
    }

    @Test
    void aBeanOfTheSessionIsSharedByPages(SluiceProcess sluice) throws Exception {
        HttpResponse<String> first = sluice.get("/demo-jsp/bean1.jsp");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        String second = sluice.send(sluice.request("/demo-jsp/bean2.jsp").header("Cookie", cookie))
                .body();

        assertThat(first.body()).contains("Counter accessed 1 times.", "last accessed by null");
        assertThat(second).contains("Counter accessed 2 times.", "last accessed by /demo-jsp/bean1.jsp");
    }

    @Test
    void sourcesAreNotServed(SluiceProcess sluice) throws Exception {
        for (String path : new String[] {"WEB-INF/tags/panel.tag", "foo/foo.jsp%20", "tag.jsp%00", "tag.JSP"}) {
            assertThat(sluice.get("/demo-jsp/" + path).statusCode()).as(path).isIn(400, 404);
        }
    }
}
