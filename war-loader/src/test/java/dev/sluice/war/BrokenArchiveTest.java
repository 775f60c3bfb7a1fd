package dev.sluice.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.war.archive.ArchiveException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Broken archives are refused with the file, the place and what to do; nothing is left behind. */
class BrokenArchiveTest extends Loading {

    private ArchiveException refused(ArchiveFile war) {
        ArchiveException refused = catchThrowableOfType(ArchiveException.class, () -> load(war));
        assertThat(refused).isNotNull();
        assertThat(directory.resolve("work")).isEmptyDirectory();
        return refused;
    }

    @Test
    void notAZip() throws Exception {
        Path file = Files.writeString(directory.resolve("text.war"), "this is no zip");
        assertThatThrownBy(() -> Archives.open(file, options()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("text.war")
                .hasMessageContaining("zip");
    }

    @Test
    void anEmptyFile() throws Exception {
        Path file = Files.createFile(directory.resolve("empty.war"));
        assertThatThrownBy(() -> Archives.open(file, options())).hasMessageContaining("not a complete zip archive");
    }

    @Test
    void truncated() throws Exception {
        byte[] whole = ArchiveFile.empty()
                .webXml("")
                .text("index.html", "x".repeat(5000))
                .toBytes();
        Path file = Files.write(directory.resolve("half.war"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Archives.open(file, options())).hasMessageContaining("not a complete zip archive");
    }

    @Test
    void missing() {
        assertThatThrownBy(() -> Archives.open(directory.resolve("gone.war"), options()))
                .hasMessageContaining("no such file");
    }

    @Test
    void anEntryThatLeavesTheDirectory() {
        assertThat(refused(ArchiveFile.empty().webXml("").text("../../evil.txt", "x")))
                .hasMessageContaining("evil.txt");
        assertThat(directory.resolve("evil.txt")).doesNotExist();
    }

    @Test
    void aLibraryThatIsNoJar() {
        assertThat(refused(ArchiveFile.empty().webXml("").text("WEB-INF/lib/broken.jar", "no jar")))
                .hasMessageContaining("WEB-INF/lib/broken.jar");
    }

    @Test
    void badXmlHasLineAndColumn() {
        ArchiveException refused =
                refused(ArchiveFile.empty().text("WEB-INF/web.xml", "<web-app>\n  <servlet>\n  </web-app>"));
        assertThat(refused.file()).isEqualTo("WEB-INF/web.xml");
        assertThat(refused.line()).isEqualTo(3);
        assertThat(refused.column()).isPositive();
        assertThat(refused).hasMessageContaining("line 3");
    }

    @Test
    void anUnknownElementHasLineAndColumn() {
        ArchiveException refused =
                refused(ArchiveFile.empty().text("WEB-INF/web.xml", "<web-app>\n\n <servelt/>\n</web-app>"));
        assertThat(refused.line()).isEqualTo(3);
        assertThat(refused).hasMessageContaining("servelt");
    }

    @Test
    void aWrongRootElement() {
        assertThat(refused(ArchiveFile.empty().text("WEB-INF/web.xml", "<beans/>")))
                .hasMessageContaining("<beans>");
    }

    @Test
    void aServletDeclaredTwice() {
        ArchiveException refused = refused(
                ArchiveFile.empty()
                        .text(
                                "WEB-INF/web.xml",
                                "<web-app>\n<servlet><servlet-name>a</servlet-name><servlet-class>A</servlet-class></servlet>\n"
                                        + "<servlet><servlet-name>a</servlet-name><servlet-class>B</servlet-class></servlet>\n</web-app>"));
        assertThat(refused.line()).isEqualTo(3);
        assertThat(refused).hasMessageContaining("'a' is declared in line 2 already");
    }

    @Test
    void onePatternForTwoServlets() {
        assertThat(
                        refused(
                                ArchiveFile.empty()
                                        .webXml(
                                                "<servlet><servlet-name>a</servlet-name><servlet-class>A</servlet-class></servlet>"
                                                        + "<servlet><servlet-name>b</servlet-name><servlet-class>B</servlet-class></servlet>"
                                                        + "<servlet-mapping><servlet-name>a</servlet-name><url-pattern>/x</url-pattern></servlet-mapping>"
                                                        + "<servlet-mapping><servlet-name>b</servlet-name><url-pattern>/x</url-pattern></servlet-mapping>")))
                .hasMessageContaining("'/x' maps to the servlets 'a' and 'b'");
    }

    @Test
    void aMappingOfNothing() {
        assertThat(
                        refused(
                                ArchiveFile.empty()
                                        .webXml(
                                                "<servlet-mapping><servlet-name>a</servlet-name><url-pattern>/x</url-pattern></servlet-mapping>")))
                .hasMessageContaining("'a', which nothing declares");
    }

    @Test
    void aNumberThatIsNone() {
        assertThat(refused(ArchiveFile.empty()
                        .webXml("<session-config><session-timeout>soon</session-timeout></session-config>")))
                .satisfies(refused ->
                        assertThat(((ArchiveException) refused).line()).isEqualTo(1));
    }

    @Test
    void anUnwritableWorkDirectory() throws Exception {
        Path file = ArchiveFile.empty().webXml("").write(directory.resolve("a.war"));
        Path work = Files.createFile(directory.resolve("occupied"));
        assertThatThrownBy(() -> Archives.open(file, LoaderOptions.of(work)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("occupied");
    }
}
