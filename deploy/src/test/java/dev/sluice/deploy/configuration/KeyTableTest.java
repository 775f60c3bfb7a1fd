package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTableTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- begin of the table of keys -->\n";
    private static final String END = "<!-- end of the table of keys -->\n";

    @TempDir
    Path directory;

    @Test
    void theCommentedFileSetsNothing() throws Exception {
        assertThat(ConfigurationText.read(directory, KeyTable.yaml()).settings())
                .allSatisfy(setting -> assertThat(setting.origin()).isInstanceOf(Origin.Default.class));
    }

    @Test
    void theFileWithAllLinesSwitchedOnSaysTheDefaults() throws Exception {
        String allOn = KeyTable.yaml()
                .lines()
                .map(line -> line.replaceFirst("^( *)#([A-Za-z0-9-]+:)", "$1$2"))
                .collect(Collectors.joining("\n"));

        Configuration configuration = ConfigurationText.read(directory, allOn);

        assertThat(configuration.settings()).hasSameSizeAs(Keys.all());
        assertThat(configuration.settings()).allSatisfy(setting -> {
            assertThat(setting.value())
                    .as(setting.name())
                    .isEqualTo(setting.key().absent());
            assertThat(setting.origin()).as(setting.name()).isInstanceOf(Origin.File.class);
        });
    }

    @Test
    void variablesAreDifferent() {
        assertThat(Keys.all().stream().filter(key -> !key.named()).map(Key::variable))
                .doesNotHaveDuplicates();
    }

    /** Run with -Dsluice.write.docs=true to bring the document up to date. */
    @Test
    void theDocumentHasTheTable() throws Exception {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if (Boolean.getBoolean("sluice.write.docs")) {
            document = document.substring(0, begin) + KeyTable.markdown() + document.substring(end);
            Files.writeString(DOCUMENT, document);
            end = document.indexOf(END);
        }
        assertThat(document.substring(begin, end)).isEqualTo(KeyTable.markdown());
    }

    /** Run with -Dsluice.write.docs=true to bring the file up to date. */
    @Test
    void theDistributionHasTheCommentedFile() throws Exception {
        Path file = Path.of("distribution/src/main/conf/sluice.yaml");
        if (Boolean.getBoolean("sluice.write.docs")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, KeyTable.yaml());
        }
        assertThat(Files.readString(file)).isEqualTo(KeyTable.yaml());
    }
}
