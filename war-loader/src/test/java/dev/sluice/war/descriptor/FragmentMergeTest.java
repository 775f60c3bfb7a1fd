package dev.sluice.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.ListenerDescriptor;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Loading;
import dev.sluice.war.archive.ArchiveException;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 8.2.3: what web.xml and two fragments become together. */
class FragmentMergeTest extends Loading {

    private WebApplication merged(String webXml, String a, String b) throws ArchiveException {
        return describe(ArchiveFile.empty()
                .webXml(webXml)
                .library("a.jar", ArchiveFile.empty().fragment(a))
                .library("b.jar", ArchiveFile.empty().fragment(b)));
    }

    private static String parameter(String value) {
        return "<context-param><param-name>p</param-name><param-value>" + value + "</param-value></context-param>";
    }

    private static String servlet(String name, String rest) {
        return "<servlet><servlet-name>" + name + "</servlet-name>" + rest + "</servlet>";
    }

    private static String mapping(String name, String pattern) {
        return "<servlet-mapping><servlet-name>" + name + "</servlet-name><url-pattern>" + pattern
                + "</url-pattern></servlet-mapping>";
    }

    private static String filter(String name, String className) {
        return "<filter><filter-name>" + name + "</filter-name><filter-class>" + className + "</filter-class></filter>";
    }

    private static String filterMapping(String name, String pattern, String dispatcher) {
        return "<filter-mapping><filter-name>" + name + "</filter-name><url-pattern>" + pattern
                + "</url-pattern><dispatcher>" + dispatcher + "</dispatcher></filter-mapping>";
    }

    @Test
    void equalValuesAreNoConflict() throws Exception {
        assertThat(merged("", parameter("1"), parameter("1")).contextParameters())
                .containsEntry("p", "1");
    }

    @Test
    void differentValuesOfTwoFragmentsFailAndNameBoth() {
        assertThatThrownBy(() -> merged("", parameter("1"), parameter("2")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("context-param p")
                .hasMessageContaining("a.jar")
                .hasMessageContaining("b.jar");
    }

    @Test
    void webXmlDecidesAConflict() throws Exception {
        assertThat(merged(parameter("0"), parameter("1"), parameter("2")).contextParameters())
                .containsEntry("p", "0");
    }

    @Test
    void aServletIsPutTogetherOfItsParts() throws Exception {
        WebApplication merged = merged(
                servlet(
                        "s",
                        "<servlet-class>shop.S</servlet-class><init-param><param-name>a</param-name><param-value>main</param-value></init-param>"),
                servlet(
                        "s",
                        "<init-param><param-name>a</param-name><param-value>x</param-value></init-param><load-on-startup>3</load-on-startup>"),
                servlet("s", "<init-param><param-name>b</param-name><param-value>y</param-value></init-param>")
                        + mapping("s", "/s"));
        assertThat(servlet(merged, "s").className()).isEqualTo("shop.S");
        assertThat(servlet(merged, "s").initParameters())
                .containsEntry("a", "main")
                .containsEntry("b", "y");
        assertThat(servlet(merged, "s").loadOnStartup()).isEqualTo(3);
        assertThat(servlet(merged, "s").urlPatterns()).containsExactly("/s");
    }

    @Test
    void mappingsOfWebXmlReplaceThoseOfFragments() throws Exception {
        String declared = servlet("s", "<servlet-class>shop.S</servlet-class>");
        WebApplication merged = merged(mapping("s", "/main"), declared + mapping("s", "/a"), mapping("s", "/b"));
        assertThat(servlet(merged, "s").urlPatterns()).containsExactly("/main");
    }

    @Test
    void mappingsOfFragmentsAddUp() throws Exception {
        String declared = servlet("s", "<servlet-class>shop.S</servlet-class>");
        WebApplication merged = merged("", declared + mapping("s", "/a"), mapping("s", "/b"));
        assertThat(servlet(merged, "s").urlPatterns()).containsExactly("/a", "/b");
    }

    @Test
    void filterMappingsKeepTheirOrderAndTheirOwnDispatchers() throws Exception {
        WebApplication merged = merged(
                filter("m", "shop.M") + filterMapping("m", "/m", "REQUEST"),
                filter("f", "shop.F") + filterMapping("f", "/1", "REQUEST") + filterMapping("f", "/2", "ERROR"),
                filterMapping("f", "/3", "FORWARD"));
        assertThat(merged.filterMappings())
                .extracting(FilterMapping::urlPatterns)
                .extracting(list -> list.get(0))
                .containsExactly("/m", "/1", "/2", "/3");
        assertThat(merged.filterMappings().get(2).dispatchers()).containsExactly(jakarta.servlet.DispatcherType.ERROR);
    }

    @Test
    void listenersComeOnceAndInOrder() throws Exception {
        WebApplication merged = merged(listener("l.Main"), listener("l.A") + listener("l.Main"), listener("l.B"));
        assertThat(merged.listeners())
                .extracting(ListenerDescriptor::className)
                .containsExactly("l.Main", "l.A", "l.B");
    }

    private static String listener(String name) {
        return "<listener><listener-class>" + name + "</listener-class></listener>";
    }

    @Test
    void errorPagesMergeByTheirCause() throws Exception {
        WebApplication merged = merged(
                "<error-page><error-code>404</error-code><location>/main</location></error-page>",
                "<error-page><error-code>404</error-code><location>/a</location></error-page>",
                "<error-page><location>/default</location></error-page>");
        assertThat(merged.errorPages())
                .containsExactly(new ErrorPage(404, null, "/main"), new ErrorPage(null, null, "/default"));
    }

    @Test
    void distributableOnlyIfAllSaySo() throws Exception {
        assertThat(merged("<distributable/>", "<distributable/>", "<distributable/>")
                        .distributable())
                .isTrue();
        assertThat(merged("<distributable/>", "<distributable/>", "").distributable())
                .isFalse();
    }

    @Test
    void metadataCompleteLeavesFragmentsOut() throws Exception {
        WebApplication described = describe(ArchiveFile.empty()
                .text("WEB-INF/web.xml", "<web-app version='6.1' metadata-complete='true'/>")
                .library("a.jar", ArchiveFile.empty().fragment(parameter("1"))));
        assertThat(described.contextParameters()).isEmpty();
        assertThat(described.metadataComplete()).isTrue();
    }

    @Test
    void aConstrainedPatternOfWebXmlIsNotWidenedByAFragment() throws Exception {
        String open = "<security-constraint><web-resource-collection><web-resource-name>n</web-resource-name>"
                + "<url-pattern>/x</url-pattern><url-pattern>/y</url-pattern></web-resource-collection></security-constraint>";
        String closed = open.replace("<url-pattern>/y</url-pattern>", "")
                .replace(
                        "</web-resource-collection>",
                        "</web-resource-collection><auth-constraint><role-name>boss</role-name></auth-constraint>");
        WebApplication merged = merged(closed, open, "");
        assertThat(merged.securityConstraints()).hasSize(2);
        assertThat(merged.securityConstraints().get(1).collections().get(0).urlPatterns())
                .containsExactly("/y");
    }

    @Test
    void orderedLibrariesAreNamedOnlyWithAnOrdering() throws Exception {
        assertThat(merged("", "", "").orderedLibraries()).isNull();
        assertThat(merged("", "<name>a</name><ordering><after><others/></after></ordering>", "")
                        .orderedLibraries())
                .containsExactly("b.jar", "a.jar");
        assertThat(merged(
                        "<absolute-ordering><name>b</name></absolute-ordering>",
                        "<name>a</name>" + parameter("1"),
                        "<name>b</name>"))
                .satisfies(merged -> assertThat(merged.orderedLibraries()).containsExactly("b.jar"))
                .satisfies(merged -> assertThat(merged.contextParameters()).isEmpty());
    }

    @Test
    void containerServletsMayBeMappedOnly() throws Exception {
        WebApplication merged = merged(mapping("default", "/static/*"), "", "");
        assertThat(merged.servlets()).isEmpty();
        assertThat(merged.containerServletMappings()).containsKey("default");
    }
}
