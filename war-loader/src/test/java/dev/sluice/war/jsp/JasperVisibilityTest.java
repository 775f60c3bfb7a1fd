package dev.sluice.war.jsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import jakarta.el.ExpressionFactory;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Only an application with pages sees the classes that pages need, and then no more of Jasper. */
class JasperVisibilityTest extends Loading {

    @Test
    void withoutPagesThereIsNoJasper() throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").text("a.html", ""))) {
            assertThat(loaded.hasPages()).isFalse();
            assertThatThrownBy(() -> loaded.classLoader().loadClass(JspPresence.PAGE_CLASS))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void withPagesThereIsTheirRuntimeOnly() throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").text("a.jsp", ""))) {
            assertThat(loaded.hasPages()).isTrue();
            assertThat(loaded.classLoader().loadClass(JspPresence.PAGE_CLASS)).isNotNull();
            for (String hidden : new String[] {
                "org.apache.jasper.compiler.Compiler",
                "org.apache.tomcat.util.scan.JarFactory",
                "org.eclipse.jdt.core.compiler.CharOperation"
            }) {
                assertThatThrownBy(() -> loaded.classLoader().loadClass(hidden))
                        .isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @Test
    void pagesInAResourceJarCount() throws Exception {
        ArchiveFile jar = ArchiveFile.empty().text("META-INF/resources/a.jsp", "");
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").library("a.jar", jar))) {
            assertThat(loaded.hasPages()).isTrue();
        }
    }

    @Test
    void anExpressionLanguageIsThereForEveryApplication() throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml(""))) {
            assertThat(ServiceLoader.load(ExpressionFactory.class, loaded.classLoader()))
                    .isNotEmpty();
        }
    }

    @Test
    void anApplicationsOwnStandardTagLibraryWins() throws Exception {
        Map<String, byte[]> own = Sources.compile(
                "package jakarta.servlet.jsp.jstl.core; public class Config { public static int own; }");
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .text("a.jsp", "")
                .library("jstl.jar", ArchiveFile.empty().compiled("", own));
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(loaded.classLoader()
                            .loadClass("jakarta.servlet.jsp.jstl.core.Config")
                            .getField("own"))
                    .isNotNull();
            assertThat(loaded.classLoader().loadClass("jakarta.servlet.jsp.jstl.core.LoopTag"))
                    .isNotNull();
        }
    }
}
