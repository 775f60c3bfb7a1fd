package dev.sluice.war.jsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where applications may not end the process, neither may the code in their pages. If this fails, the JVM of the test ends. */
class PagesThatExitTest extends Loading {
    private LoadedWebApplication load(String page) throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .text("WEB-INF/tags/quit.tag", "<% Runtime.getRuntime().exit(3); %>")
                .text("p.jsp", page);
        return load(war, options().withRefusedExit(true));
    }

    private Pages pages(LoadedWebApplication loaded) throws Exception {
        return new Pages(loaded, JspOptions.PRODUCTION, Files.createDirectories(directory.resolve("scratch")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<% if (true) System.exit(3); %>",
                "<%! class Quit { void quit() { Runtime.getRuntime().halt(3); } } %><% new Quit().quit(); %>",
                "<% System.class.getMethod(\"exit\", int.class).invoke(null, 3); %>",
                "<%@ taglib prefix='t' tagdir='/WEB-INF/tags' %><t:quit/>"
            })
    void areRefused(String page) throws Exception {
        try (LoadedWebApplication loaded = load(page)) {
            Pages pages = pages(loaded);
            assertThatThrownBy(() -> pages.get("/p.jsp"))
                    .hasStackTraceContaining("may not end the process with status")
                    .hasStackTraceContaining("exit: refuse");
        }
    }

    @Test
    void otherPagesAreServed() throws Exception {
        try (LoadedWebApplication loaded =
                load("Hello ${param.who}<% if (who == 3) System.exit(who); %><%! int who = 2; %>")) {
            assertThat(pages(loaded).get("/p.jsp")).isEqualTo("Hello World");
        }
    }
}
