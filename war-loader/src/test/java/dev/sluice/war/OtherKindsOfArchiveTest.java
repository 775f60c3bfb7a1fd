package dev.sluice.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Archives that many people try first and that cannot run are told what they are and what to do. */
class OtherKindsOfArchiveTest extends Loading {
    @Test
    void aWarForJavaxServletIsWarnedOf() throws Exception {
        Map<String, byte[]> classes = Sources.compile(
                "package javax.servlet.annotation; public @interface WebServlet { String value(); }",
                "package shop; @javax.servlet.annotation.WebServlet(\"/old\") public class Old {}");
        ArchiveFile war = ArchiveFile.empty().compiled("WEB-INF/classes/", Map.of("shop.Old", classes.get("shop.Old")));

        try (LoadedArchive loaded = Archives.open(war.write(directory.resolve("old.war")), options())) {
            assertThat(loaded.warnings())
                    .singleElement()
                    .asString()
                    .contains("shop.Old", "javax.servlet", "jakartaee-migration");
        }
    }

    @Test
    void aWarOfOursIsNot() throws Exception {
        ArchiveFile war =
                ArchiveFile.empty().compiled("WEB-INF/classes/", Sources.compile("package shop; public class New {}"));

        try (LoadedArchive loaded = Archives.open(war.write(directory.resolve("new.war")), options())) {
            assertThat(loaded.warnings()).isEmpty();
        }
    }

    @Test
    void anExecutableJarOfSpringBootIsToldToBecomeAWar() {
        ArchiveFile jar = ArchiveFile.empty()
                .manifest(
                        "Main-Class: org.springframework.boot.loader.launch.JarLauncher", "Spring-Boot-Version: 4.0.0")
                .text("BOOT-INF/classes/application.properties", "");

        assertThatThrownBy(() -> Archives.open(jar.write(directory.resolve("boot.jar")), options()))
                .hasMessageContaining("executable jar of Spring Boot")
                .hasMessageContaining("packaging war");
    }
}
