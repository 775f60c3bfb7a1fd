package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Archives;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report of an archive: its own classes, libraries on request, as text and as values; the archive is not touched. */
class CheckReportTest extends Loading {
    private static final Map<String, byte[]> BAD =
            Sources.compile("package shop; public class Bad { static int n; void h() { n++; } }");
    private static final Map<String, byte[]> GOOD =
            Sources.compile("package shop; public class Good { static final int N = 1; }");

    private Path write(ArchiveFile war) {
        return war.write(directory.resolve("shop.war"));
    }

    @Test
    void aWar() throws Exception {
        Path war = write(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", BAD));
        CheckReport report = Archives.check(war, options(), false, type -> false);
        assertThat(report.verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(report.application()).isEqualTo("shop");
        assertThat(report.text())
                .contains("BLOCKER shop.Bad.n -> int [shop.Bad.h(Bad.java:1)]")
                .contains("UNSAFE");
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void valuesForJson() throws Exception {
        Map<String, Object> values = Archives.check(
                        write(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", BAD)),
                        options(),
                        false,
                        type -> false)
                .values();
        assertThat(values).containsEntry("application", "shop").containsEntry("verdict", "UNSAFE");
        assertThat((List<?>) values.get("findings"))
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("kind", "STATIC_FIELD")
                .containsEntry("line", 1)
                .containsEntry("path", "shop.Bad.n");
    }

    @Test
    void librariesOnlyOnRequest() throws Exception {
        Path war = write(ArchiveFile.empty()
                .webXml("")
                .compiled("WEB-INF/classes/", GOOD)
                .library("bad.jar", ArchiveFile.empty().compiled("", BAD)));
        assertThat(Archives.check(war, options(), false, type -> false).verdict())
                .isNotEqualTo(Verdict.UNSAFE);
        CheckReport report = Archives.check(war, options(), true, type -> false);
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.libraries()).singleElement().satisfies(library -> {
            assertThat(library.name()).isEqualTo("bad.jar");
            assertThat(library.blockers()).isEqualTo(1);
        });
        assertThat(report.text())
                .contains("LIBRARY bad.jar: 1 blocker")
                .contains("whether requests reach that is not known");
    }

    @Test
    void nothingIsSafeThatHasNoClasses() throws Exception {
        Path war = write(ArchiveFile.empty()
                .webXml("<servlet><servlet-name>a</servlet-name><servlet-class>lib.A</servlet-class></servlet>")
                .library("bad.jar", ArchiveFile.empty().compiled("", GOOD)));
        for (boolean libraries : new boolean[] {false, true}) {
            CheckReport report = Archives.check(war, options(), libraries, type -> false);
            assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(report.text())
                    .contains("the application has no classes of its own")
                    .contains("the container calls 1 class that is not the application's own: lib.A")
                    .endsWith("not everything could be seen");
        }
    }

    @Test
    void safeIsOnlyWhatWasSeen() throws Exception {
        String servlet = "package shop; import jakarta.servlet.http.*; public class Page extends HttpServlet {"
                + " protected void doGet(HttpServletRequest q, HttpServletResponse r) { %s } }";
        String[] hidden = {
            "try { Class.forName(q.getRequestURI()); } catch (ClassNotFoundException e) { r.setStatus(404); }",
            "try { Page.class.getMethods()[0].invoke(this); } catch (ReflectiveOperationException e) { r.setStatus(404); }",
            "java.util.ServiceLoader.load(Runnable.class).forEach(Runnable::run);"
        };
        assertThat(page(String.format(servlet, "r.setStatus(204);")).verdict()).isEqualTo(Verdict.SAFE);
        for (String code : hidden) {
            CheckReport report = page(String.format(servlet, code));
            assertThat(report.verdict()).as(code).isEqualTo(Verdict.UNDECIDED);
            assertThat(report.reasons()).as(code).anyMatch(reason -> reason.contains("shop.Page.doGet(Page.java:1)"));
        }
    }

    private CheckReport page(String source) throws Exception {
        return Archives.check(
                write(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", Sources.compile(source))),
                options(),
                false,
                type -> false);
    }

    @Test
    void pagesKeepItOpen() throws Exception {
        Path war = write(ArchiveFile.empty()
                .webXml("")
                .compiled(
                        "WEB-INF/classes/",
                        Sources.compile("package shop; public class Page extends jakarta.servlet.http.HttpServlet {}"))
                .text("index.jsp", "<%! int n; %>"));
        CheckReport report = Archives.check(war, options(), false, type -> false);
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.reasons()).singleElement().asString().startsWith("1 page is compiled");
    }

    @Test
    void whatIsConfiguredToBeSharedIsLeftAlone() throws Exception {
        Map<String, byte[]> classes = Sources.compile(
                "package shop; public class Page extends jakarta.servlet.http.HttpServlet {"
                        + " private final Store store = new Store();"
                        + " protected void doGet(jakarta.servlet.http.HttpServletRequest q,"
                        + " jakarta.servlet.http.HttpServletResponse r) { store.add(q.getRequestURI()); } }",
                "package shop; public class Store { private final java.util.Set<String> all = new java.util.HashSet<>();"
                        + " synchronized void add(String text) { all.add(text); } }");
        Path war = write(ArchiveFile.empty().webXml("").compiled("WEB-INF/classes/", classes));
        assertThat(Archives.check(war, options(), false, type -> false).verdict())
                .isEqualTo(Verdict.UNSAFE);
        assertThat(Archives.check(war, options(), false, "shop.Store"::equals).verdict())
                .isEqualTo(Verdict.SAFE);
    }

    @Test
    void aHandlerJar() throws Exception {
        Path jar = ArchiveFile.empty()
                .manifest("Sluice-Application: shop.Bad")
                .compiled("", BAD)
                .write(directory.resolve("shop.jar"));
        assertThat(Archives.check(jar, options(), false, type -> false).verdict())
                .isEqualTo(Verdict.UNSAFE);
    }

    @Test
    void whatWebXmlForksAndWhatItTakesBack() throws Exception {
        Map<String, byte[]> cart =
                Sources.compile("package shop; public class Cart extends jakarta.servlet.http.HttpServlet {"
                        + " private int n; protected void doGet(jakarta.servlet.http.HttpServletRequest q,"
                        + " jakarta.servlet.http.HttpServletResponse r) { n++; } }");
        assertThat(Archives.check(forking("cart", "true", cart), options(), false, type -> false)
                        .verdict())
                .isNotEqualTo(Verdict.UNSAFE);
        assertThat(Archives.check(forking("cart", "false", cart), options(), false, type -> false)
                        .text())
                .contains("BLOCKER shop.Cart.n -> int")
                .contains("@ForkedPerRequest");
    }

    private Path forking(String name, String value, Map<String, byte[]> classes) {
        return write(ArchiveFile.empty()
                .webXml("<servlet><servlet-name>" + name + "</servlet-name><servlet-class>shop.Cart</servlet-class>"
                        + "<init-param><param-name>dev.sluice.api.ForkedPerRequest</param-name><param-value>" + value
                        + "</param-value></init-param></servlet>")
                .compiled("WEB-INF/classes/", classes));
    }
}
