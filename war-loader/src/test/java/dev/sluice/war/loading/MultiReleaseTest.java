package dev.sluice.war.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A multi-release jar gives the classes of the running JDK, to the loader and to the annotation scan. */
class MultiReleaseTest extends Loading {

    private static Map<String, byte[]> source(String answer, String path) {
        return Sources.compile("package lib; @jakarta.servlet.annotation.WebServlet(\"" + path
                + "\") public class Multi extends jakarta.servlet.http.HttpServlet { public static String of() { return \""
                + answer
                + "\"; } }");
    }

    @Test
    void theNewestVersionThatFitsIsUsed() throws Exception {
        ArchiveFile jar = ArchiveFile.empty()
                .manifest("Multi-Release: true")
                .compiled("", source("base", "/base"))
                .compiled("META-INF/versions/17/", source("17", "/seventeen"))
                .compiled("META-INF/versions/99/", source("99", "/future"));
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").library("multi.jar", jar))) {
            assertThat(loaded.classLoader()
                            .loadClass("lib.Multi")
                            .getMethod("of")
                            .invoke(null))
                    .isEqualTo("17");
            assertThat(servlet(loaded.description(), "lib.Multi").urlPatterns()).containsExactly("/seventeen");
        }
    }
}
