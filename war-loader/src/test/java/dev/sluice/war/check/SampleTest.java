package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples that have a bug on purpose: found where it is a bug, and not where the servlet is forked for each request. */
class SampleTest {
    private static Checked sample(String name) throws IOException {
        Path sources = Path.of("../samples", name, "src/main/java");
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList();
        }
        String[] texts = new String[files.size()];
        for (int i = 0; i < texts.length; i++) {
            // The name of the class is read from the text, which may say "class" in a comment first.
            texts[i] = Files.readString(files.get(i)).replaceAll("(?s)/\\*\\*.*?\\*/", "");
        }
        return Checked.sources(texts);
    }

    @Test
    void theFieldThatAllRequestsOfAHandlerShare() throws IOException {
        assertThat(sample("shared-state").all()).anySatisfy(found -> {
            assertThat(found.blocks()).isTrue();
            assertThat(found.path()).isEqualTo("dev.sluice.samples.sharedstate.PriceApplication.shared");
            assertThat(found.where().orElseThrow().className()).startsWith("dev.sluice.samples.sharedstate.PriceList");
        });
    }

    @Test
    void theServletThatIsForked() throws IOException {
        Checked checked = sample("shared-war");
        checked.none();
        assertThat(checked.reasons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello-handler", "hello-war", "live-handler", "reflection-war"})
    void whatIsRightHasNoBlocker(String name) throws IOException {
        assertThat(sample(name).all().stream().filter(Finding::blocks)).isEmpty();
    }
}
