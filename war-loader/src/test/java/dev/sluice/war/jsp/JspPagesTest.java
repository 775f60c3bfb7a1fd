package dev.sluice.war.jsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Archives;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jakarta Pages 4.0: pages, expressions, tag files, tag libraries, page configuration, reload and compiled pages. */
class JspPagesTest extends Loading {
    private static final String TAG = "package tags; import jakarta.servlet.jsp.tagext.*; import java.io.*;"
            + "public class Shout extends SimpleTagSupport { private String text; public void setText(String t) { text = t; }"
            + "public void doTag() throws IOException { getJspContext().getOut().print(text.toUpperCase() + \"!\"); } }";
    private static final String TLD =
            "<taglib xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0'><tlib-version>1</tlib-version>"
                    + "<short-name>s</short-name><uri>urn:shout</uri><listener><listener-class>tags.Started</listener-class></listener>"
                    + "<tag><name>shout</name><tag-class>tags.Shout</tag-class><body-content>empty</body-content>"
                    + "<attribute><name>text</name><required>true</required><rtexprvalue>true</rtexprvalue></attribute></tag></taglib>";
    private static final Map<String, byte[]> TAG_CLASSES = Sources.compile(TAG);

    private Path scratch() throws Exception {
        return Files.createDirectories(directory.resolve("scratch"));
    }

    private String page(ArchiveFile war, String path) throws Exception {
        try (LoadedWebApplication loaded = load(war)) {
            return new Pages(loaded, JspOptions.PRODUCTION, scratch()).get(path);
        }
    }

    private String page(String source) throws Exception {
        return page(ArchiveFile.empty().webXml("").text("p.jsp", source), "/p.jsp");
    }

    @Test
    void scriptletsAndExpressions() throws Exception {
        assertThat(page("<% int n = 40; %>Hello ${param.who} <%= n + 2 %>")).isEqualTo("Hello World 42");
    }

    @Test
    void expressionsKnowStreamsAndClassesOfTheApplication() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .compiled(
                        "WEB-INF/classes/",
                        Sources.compile("package shop; public class Cart { public int getSum() { return 7; } }"))
                .text(
                        "p.jsp",
                        "<%@ page import=\"shop.Cart\" %><jsp:useBean id=\"cart\" class=\"shop.Cart\"/>${cart.sum} ${[1,2,3].stream().sum()}");
        assertThat(page(war, "/p.jsp")).isEqualTo("7 6");
    }

    @Test
    void newerLanguageFeaturesCompile() throws Exception {
        assertThat(page("<% record Point(int x) {} var text = \"\"\"\nblock\"\"\"; %><%= new Point(3).x() + text %>"))
                .isEqualTo("3block");
    }

    @Test
    void includesAndTagFiles() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .text("part.jspf", "part")
                .text("WEB-INF/tags/box.tag", "<%@ attribute name=\"title\" %>[${title}:<jsp:doBody/>]")
                .text(
                        "p.jsp",
                        "<%@ taglib prefix=\"t\" tagdir=\"/WEB-INF/tags\" %><%@ include file=\"part.jspf\" %> <t:box title=\"a\">b</t:box>");
        assertThat(page(war, "/p.jsp")).isEqualTo("part [a:b]");
    }

    private static ArchiveFile tagLibrary() {
        return ArchiveFile.empty()
                .text("META-INF/shout.tld", TLD)
                .compiled("", TAG_CLASSES)
                .compiled(
                        "",
                        Sources.compile(
                                "package tags; public class Started implements jakarta.servlet.ServletContextListener {}"));
    }

    private static final String SHOUTING =
            "<%@ taglib prefix=\"s\" uri=\"urn:shout\" %><s:shout text=\"${param.who}\"/>";

    @Test
    void tagLibraryOfAJar() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .library("shout.jar", tagLibrary())
                .text("p.jsp", SHOUTING);
        assertThat(page(war, "/p.jsp")).isEqualTo("WORLD!");
    }

    @Test
    void tagLibraryBelowWebInf() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .text("WEB-INF/shout.tld", TLD)
                .compiled("WEB-INF/classes/", TAG_CLASSES)
                .text("p.jsp", SHOUTING);
        assertThat(page(war, "/p.jsp")).isEqualTo("WORLD!");
    }

    @Test
    void tagLibraryMappedInWebXml() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml(
                        "<jsp-config><taglib><taglib-uri>urn:mapped</taglib-uri><taglib-location>/WEB-INF/own/t.tld</taglib-location></taglib></jsp-config>")
                .text("WEB-INF/own/t.tld", TLD)
                .compiled("WEB-INF/classes/", TAG_CLASSES)
                .text("p.jsp", SHOUTING.replace("urn:shout", "urn:mapped"));
        assertThat(page(war, "/p.jsp")).isEqualTo("WORLD!");
    }

    @Test
    void tagFilesOfAJar() throws Exception {
        String tld =
                "<taglib xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0'><tlib-version>1</tlib-version><short-name>f</short-name>"
                        + "<uri>urn:files</uri><tag-file><name>hi</name><path>/META-INF/tags/hi.tag</path></tag-file></taglib>";
        ArchiveFile war = ArchiveFile.empty()
                .webXml("")
                .library(
                        "files.jar",
                        ArchiveFile.empty().text("META-INF/files.tld", tld).text("META-INF/tags/hi.tag", "hi from jar"))
                .text("p.jsp", "<%@ taglib prefix=\"f\" uri=\"urn:files\" %><f:hi/>");
        assertThat(page(war, "/p.jsp")).isEqualTo("hi from jar");
    }

    @Test
    void listenersOfTagLibrariesAreDescribed() throws Exception {
        assertThat(describe(ArchiveFile.empty().webXml("").library("shout.jar", tagLibrary()))
                        .listeners())
                .containsExactly(new dev.sluice.engine.descriptor.ListenerDescriptor("tags.Started", true));
    }

    @Test
    void theStandardTagLibraryIsThere() throws Exception {
        assertThat(
                        page(
                                "<%@ taglib prefix=\"c\" uri=\"jakarta.tags.core\" %><%@ taglib prefix=\"fn\" uri=\"jakarta.tags.functions\" %>"
                                        + "<c:forEach begin=\"1\" end=\"3\" var=\"i\">${i},</c:forEach><c:out value=\"${fn:length('four')}\"/>"))
                .isEqualTo("1,2,3,4");
    }

    @Test
    void propertyGroups() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml(
                        "<jsp-config><jsp-property-group><url-pattern>/raw/*</url-pattern><el-ignored>true</el-ignored>"
                                + "<include-prelude>/pre.jspf</include-prelude><include-coda>/coda.jspf</include-coda></jsp-property-group></jsp-config>")
                .text("pre.jspf", "<")
                .text("coda.jspf", ">")
                .text("raw/p.jsp", "${1}");
        assertThat(page(war, "/raw/p.jsp")).isEqualTo("<${1}>");
    }

    @Test
    void urlPatternsHoldThoseOfThePropertyGroups() throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty()
                .webXml(
                        "<jsp-config><jsp-property-group><url-pattern>*.page</url-pattern></jsp-property-group></jsp-config>")
                .text("a.jsp", ""))) {
            assertThat(loaded.jsp(JspOptions.PRODUCTION, InstanceFactory.constructorOnly())
                            .urlPatterns())
                    .containsExactly("*.jsp", "*.jspx", "*.page");
        }
    }

    @Test
    void aServletOfOnePage() throws Exception {
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").text("one.jsp", "one"))) {
            Pages pages = new Pages(loaded, JspOptions.PRODUCTION, scratch());
            assertThat(pages.get(pages.servlet("/one.jsp"), "/anything")).isEqualTo("one");
        }
    }

    @Test
    void aMissingPageIsNotFound() throws Exception {
        assertThat(page(ArchiveFile.empty().webXml("").text("a.jsp", ""), "/b.jsp"))
                .isEqualTo("status 404");
    }

    @Test
    void aPageThatDoesNotCompileNamesItsLine() {
        assertThatThrownBy(() -> page("first\n<%= unknown %>"))
                .hasStackTraceContaining("line: [2]")
                .hasStackTraceContaining("/p.jsp");
    }

    private String[] beforeAndAfterAChange(JspOptions options) throws Exception {
        Path root = ArchiveFile.empty().webXml("").text("p.jsp", "before").explode(directory.resolve("exploded"));
        Files.setLastModifiedTime(
                root.resolve("p.jsp"), FileTime.from(Instant.now().minusSeconds(100)));
        try (LoadedWebApplication loaded = (LoadedWebApplication) Archives.open(root, options())) {
            Pages pages = new Pages(loaded, options, scratch());
            Servlet servlet = pages.servlet(null);
            String before = pages.get(servlet, "/p.jsp");
            Files.writeString(root.resolve("p.jsp"), "after");
            return new String[] {before, pages.get(servlet, "/p.jsp")};
        }
    }

    @Test
    void inDevelopmentAChangedPageIsCompiledAgain() throws Exception {
        assertThat(beforeAndAfterAChange(JspOptions.DEVELOPMENT)).containsExactly("before", "after");
    }

    @Test
    void inProductionItIsNot() throws Exception {
        assertThat(beforeAndAfterAChange(JspOptions.PRODUCTION)).containsExactly("before", "before");
    }

    @Test
    void aCompiledPageRunsWithoutItsSource() throws Exception {
        Path scratch = scratch();
        try (LoadedWebApplication loaded = load(ArchiveFile.empty().webXml("").text("p.jsp", "compiled ${1+1}"))) {
            new Pages(loaded, JspOptions.PRODUCTION, scratch).get("/p.jsp");
        }
        byte[] code = Files.readAllBytes(scratch.resolve("org/apache/jsp/p_jsp.class"));
        ArchiveFile war = ArchiveFile.empty()
                .webXml(
                        "<servlet><servlet-name>p</servlet-name><servlet-class>org.apache.jsp.p_jsp</servlet-class></servlet>")
                .bytes("WEB-INF/classes/org/apache/jsp/p_jsp.class", code);
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(loaded.hasPages()).isTrue();
            Pages pages = new Pages(loaded, JspOptions.PRODUCTION, scratch);
            Servlet page = (Servlet) loaded.classLoader()
                    .loadClass("org.apache.jsp.p_jsp")
                    .getConstructor()
                    .newInstance();
            page.init(new org.springframework.mock.web.MockServletConfig());
            assertThat(pages.get(page, "/p")).isEqualTo("compiled 2");
        }
    }
}
