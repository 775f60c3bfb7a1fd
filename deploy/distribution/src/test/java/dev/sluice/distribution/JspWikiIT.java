package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSPWiki 2.11.2, converted: its pages need JSTL and tags of its own; a visitor writes a page, a user registers and logs in. */
@Tag("wars")
class JspWikiIT {
    private static final Pattern HIDDEN = Pattern.compile("<input type=.hidden. name=.(\\w+). value=.([^'\"]*).");

    @TempDir
    private static Path directory;

    private static SluiceProcess sluice;

    @BeforeAll
    static void start() throws Exception {
        sluice = SluiceProcess.run(
                directory,
                List.of("-Duser.home=" + directory),
                LargeWar.converted("jspwiki-javax.war", directory.resolve("jspwiki.war")));
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    @Test
    void aPageIsWritten() throws Exception {
        Browser browser = new Browser(sluice);
        assertThat(browser.get("/jspwiki/").body()).contains("JSPWiki", "name=\"wikiPageName\" content='Main'");
        HttpResponse<String> editor = browser.get("/jspwiki/Edit.jsp?page=Sandbox");
        assertThat(editor.body()).contains("id=\"editform\"");
        Map<String, String> form = new LinkedHashMap<>();
        for (Matcher field = HIDDEN.matcher(editor.body()); field.find(); ) {
            form.put(field.group(1), field.group(2));
        }
        form.put("encodingcheck", "\u3041");
        form.put("submit_auth", "");
        form.put("_editedtext", "Gr\u00fc\u00dfe __from__ \u65e5\u672c");
        form.put("ok", "Save");
        HttpResponse<String> saved = browser.post("/jspwiki/Edit.jsp?page=Sandbox", form);
        assertThat(saved.uri()).hasToString("http://localhost:" + sluice.port() + "/jspwiki/Wiki.jsp?page=Sandbox");
        assertThat(saved.body()).contains("Gr\u00fc\u00dfe <b>from</b> \u65e5\u672c");
        assertThat(new Browser(sluice).get("/jspwiki/wiki/Sandbox").body()).contains("Gr\u00fc\u00dfe <b>from</b>");
    }

    @Test
    void aUserRegistersAndLogsIn() throws Exception {
        Browser first = new Browser(sluice);
        assertThat(first.get("/jspwiki/Login.jsp").body()).contains("id=\"editProfile\"");
        HttpResponse<String> registered = first.post(
                "/jspwiki/Login.jsp?tab=register",
                Map.of(
                        "redirect", "Main",
                        "loginname", "ann",
                        "password", "secret-2026",
                        "password2", "secret-2026",
                        "fullname", "Ann Example",
                        "email", "",
                        "action", "saveProfile"));
        assertThat(registered.body()).contains("Ann Example (authenticated)");
        assertThat(logIn("secret-2026").body()).contains("Ann Example (authenticated)");
        assertThat(logIn("wrong").body()).doesNotContain("Ann Example");
    }

    private static HttpResponse<String> logIn(String password) throws Exception {
        Browser browser = new Browser(sluice);
        browser.get("/jspwiki/Login.jsp");
        return browser.post(
                "/jspwiki/Login.jsp?redirect=Main",
                Map.of("j_username", "ann", "j_password", password, "redirect", "Main", "submitlogin", "Login"));
    }
}
