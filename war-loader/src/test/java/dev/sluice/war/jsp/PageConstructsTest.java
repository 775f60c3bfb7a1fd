package dev.sluice.war.jsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Archives;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.LoaderOptions;
import dev.sluice.war.Sources;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every construct whose generated code names classes of the JSP engine or of the standard tag library, with the container's library and
 * with the application's own.
 */
class PageConstructsTest {
    private static final Pattern CLASS_NAME =
            Pattern.compile("org\\.apache\\.(?:jasper\\.(?!compiler|resources)(?:[a-z]+\\.)*|tomcat\\.)[A-Z][a-z]\\w+");
    private static Served containers;
    private static Served own;

    private static final String TAGLIBS = "<%@ taglib prefix='c' uri='jakarta.tags.core' %>"
            + "<%@ taglib prefix='fmt' uri='jakarta.tags.fmt' %><%@ taglib prefix='fn' uri='jakarta.tags.functions' %>"
            + "<%@ taglib prefix='x' uri='jakarta.tags.xml' %><%@ taglib prefix='sql' uri='jakarta.tags.sql' %>"
            + "<%@ taglib prefix='t' uri='urn:deferred' %><%@ taglib prefix='f' tagdir='/WEB-INF/tags' %>";
    private static final String LIST = "<% request.setAttribute(\"list\", java.util.List.of(\"a\", \"b\", \"c\")); %>";
    private static final String DEFERRED =
            "package tags; import jakarta.el.*; import jakarta.servlet.jsp.tagext.*; import java.io.*;"
                    + "public class Deferred extends SimpleTagSupport { private ValueExpression value; private MethodExpression method;"
                    + "public void setValue(ValueExpression v) { value = v; } public void setMethod(MethodExpression m) { method = m; }"
                    + "public void doTag() throws IOException { ELContext context = getJspContext().getELContext(); Object result = value != null"
                    + " ? value.getValue(context) : method.invoke(context, new Object[] {\"x\"});"
                    + " getJspContext().getOut().print(\"[\" + result + \"]\"); } }";
    private static final String BEAN =
            "package tags; public class Bean { private String name = \"bean\"; public String getName() { return name; }"
                    + "public void setName(String value) { name = value; } public String shout(String word) { return word.toUpperCase(); } }";
    private static final String BODY =
            "package tags; import jakarta.servlet.jsp.tagext.*; import jakarta.servlet.jsp.*;"
                    + "public class Twice extends BodyTagSupport implements DynamicAttributes, TryCatchFinally {"
                    + "public int doAfterBody() throws JspException { try { String text = getBodyContent().getString();"
                    + "getBodyContent().getEnclosingWriter().print(text + text); } catch (java.io.IOException e) { throw new JspException(e); } return SKIP_BODY; }"
                    + "public void setDynamicAttribute(String uri, String name, Object value) {} public void doCatch(Throwable t) throws Throwable { throw t; }"
                    + "public void doFinally() {} }";
    private static final String TLD =
            "<taglib xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0'><tlib-version>1</tlib-version>"
                    + "<short-name>t</short-name><uri>urn:deferred</uri><tag><name>deferred</name><tag-class>tags.Deferred</tag-class>"
                    + "<body-content>empty</body-content><attribute><name>value</name><deferred-value><type>java.lang.Object</type></deferred-value></attribute>"
                    + "<attribute><name>method</name><deferred-method><method-signature>java.lang.String shout(java.lang.String)</method-signature></deferred-method></attribute></tag>"
                    + "<tag><name>twice</name><tag-class>tags.Twice</tag-class><body-content>JSP</body-content><dynamic-attributes>true</dynamic-attributes></tag>"
                    + "<function><name>join</name><function-class>java.lang.String</function-class>"
                    + "<function-signature>java.lang.String valueOf(java.lang.Object)</function-signature></function></taglib>";

    private static ArchiveFile application() throws IOException, URISyntaxException {
        return ArchiveFile.empty()
                .webXml("")
                .text("WEB-INF/deferred.tld", TLD)
                .text(
                        "WEB-INF/tags/implicit.tld",
                        "<taglib xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0'><tlib-version>1</tlib-version><short-name>f</short-name></taglib>")
                .text(
                        "WEB-INF/tags/box.tag",
                        "<%@ tag dynamic-attributes='more' %><%@ attribute name='title' rtexprvalue='true' %>"
                                + "<%@ attribute name='part' fragment='true' %><%@ variable name-given='inner' scope='NESTED' %>"
                                + "<%@ attribute name='late' deferredValue='true' %><%@ attribute name='call' deferredMethod='true' %>"
                                + "<% jspContext.setAttribute(\"inner\", \"in\"); %>(${title} ${more.extra} <jsp:invoke fragment='part'/> <jsp:doBody/> ${late})")
                .text("part.jspf", "static part")
                .text(
                        "d.jspx",
                        "<jsp:root xmlns:jsp='http://java.sun.com/JSP/Page' xmlns:c='jakarta.tags.core' version='4.0'><jsp:directive.page contentType='text/plain'/>"
                                + "<c:forEach begin='1' end='2' var='i'><jsp:text>${i}</jsp:text></c:forEach></jsp:root>")
                .bytes("WEB-INF/lib/h2.jar", jarOf(org.h2.Driver.class))
                .compiled("WEB-INF/classes/", Sources.compile(DEFERRED))
                .compiled("WEB-INF/classes/", Sources.compile(BEAN))
                .compiled("WEB-INF/classes/", Sources.compile(BODY));
    }

    /** The application with the jars of a standard tag library below WEB-INF/lib. */
    private static ArchiveFile withOwnLibrary() throws IOException, URISyntaxException {
        return application()
                .bytes("WEB-INF/lib/jstl.jar", jarOf(org.apache.taglibs.standard.tag.rt.core.ForEachTag.class))
                .bytes("WEB-INF/lib/jstl-api.jar", jarOf(jakarta.servlet.jsp.jstl.core.LoopTag.class));
    }

    private static byte[] jarOf(Class<?> type) throws IOException, URISyntaxException {
        return Files.readAllBytes(fileOf(type));
    }

    private static Path fileOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    static Stream<Arguments> constructs() {
        return Stream.of(coreTags(), otherStandardTags(), tagsAndExpressions()).flatMap(same -> same);
    }

    private static Stream<Arguments> coreTags() {
        return Stream.of(
                of("literal list", LIST + "<c:forEach items='${list}' var='i'>${i},</c:forEach>", "a,b,c,"),
                of(
                        "loop status",
                        LIST
                                + "<c:forEach items='${list}' var='i' varStatus='s' begin='1' step='1'>${s.index}${s.last}</c:forEach>",
                        "1false2true"),
                of("deferred list", LIST + "<c:forEach items='#{list}' var='i'>${i}</c:forEach>", "abc"),
                of("tokens", "<c:forTokens items='1;2' delims=';' var='t'>[${t}]</c:forTokens>", "[1][2]"),
                of("set", "<c:set var='x' value='${2+3}'/>${x}", "5"),
                of("set body", "<c:set var='x'>four</c:set>${x}", "four"),
                of("set deferred", "<c:set var='x' value='#{3 * 4}'/>${x}", "12"),
                of(
                        "set property",
                        "<jsp:useBean id='b' class='tags.Bean'/><c:set target='${b}' property='name' value='new'/>${b.name}",
                        "new"),
                of(
                        "choose",
                        "<c:choose><c:when test='${1 == 2}'>a</c:when><c:otherwise>b</c:otherwise></c:choose><c:if test='${true}'>c</c:if>",
                        "bc"),
                of(
                        "catch",
                        "<c:catch var='e'><% if (true) throw new RuntimeException(\"x\"); %></c:catch>${e.message}",
                        "x"),
                of("out", "<c:out value='<b>'/><c:out value='${null}' default='d'/>", "&lt;b&gt;d"),
                of("remove", "<c:set var='x' value='1'/><c:remove var='x'/>[${x}]", "[]"),
                of("url", "<c:url value='/a'><c:param name='q' value='1 2'/></c:url>", "/a?q=1+2"));
    }

    private static Stream<Arguments> otherStandardTags() {
        return Stream.of(
                of(
                        "fmt number",
                        "<fmt:setLocale value='de-DE'/><fmt:formatNumber value='${1234.5}' minFractionDigits='2'/>",
                        "1.234,50"),
                of("fmt parse", "<fmt:parseNumber value='42' var='n'/>${n + 1}", "43"),
                of(
                        "fmt date",
                        "<fmt:setTimeZone value='UTC'/><fmt:parseDate value='2026-01-02' pattern='yyyy-MM-dd' var='d'/><fmt:formatDate value='${d}' pattern='dd.MM.yyyy'/>",
                        "02.01.2026"),
                of("fmt message", "<fmt:bundle basename='missing'><fmt:message key='k'/></fmt:bundle>", "???k???"),
                of(
                        "functions",
                        "${fn:toUpperCase('ab')}${fn:join(fn:split('a,b', ','), '-')}${fn:contains('abc', 'b')}",
                        "ABa-btrue"),
                of(
                        "xml",
                        "<c:set var='d'><r><i>1</i><i>2</i></r></c:set><x:parse xml='${d}' var='doc'/><x:out select='$doc/r/i[2]'/><x:forEach select='$doc/r/i' var='i'>(<x:out select='.'/>)</x:forEach>",
                        "2(1)(2)"),
                of(
                        "sql",
                        "<sql:setDataSource var='ds' driver='org.h2.Driver' url='jdbc:h2:mem:pages'/><sql:query dataSource='${ds}' var='r'>select cast(? as int) + 1 as n<sql:param value='${41}'/></sql:query>${r.rows[0].n}",
                        "42"));
    }

    private static Stream<Arguments> tagsAndExpressions() {
        return Stream.of(
                of("deferred value", "<t:deferred value='#{1 + 1}'/>", "[2]"),
                of(
                        "deferred method",
                        "<jsp:useBean id='b' class='tags.Bean' scope='request'/><t:deferred method='#{b.shout}'/>",
                        "[X]"),
                of("body tag", "<t:twice any='1'>ab</t:twice>", "abab"),
                of("function of a library", "${t:join(7)}", "7"),
                of(
                        "tag file",
                        "<f:box title='${1}' extra='e' late='#{9}' call='#{b.shout}'><jsp:attribute name='part'>p${inner}</jsp:attribute><jsp:body>body</jsp:body></f:box>",
                        "(1 e pin body 9)"),
                of(
                        "bean",
                        "<jsp:useBean id='b' class='tags.Bean'><jsp:setProperty name='b' property='name' param='who'/></jsp:useBean><jsp:getProperty name='b' property='name'/>",
                        "World"),
                of(
                        "lambda and stream",
                        LIST + "${list.stream().map(s -> s.concat('!')).toList()}${(x -> x + 1)(2)}",
                        "[a!, b!, c!]3"),
                of("method", "${'abc'.substring(1)}", "bc"),
                of("static field", "${Integer.MAX_VALUE}${Math.max(1, 2)}", "21474836472"),
                of("static include", "<%@ include file='part.jspf' %>", "static part"),
                of(
                        "declaration",
                        "<%! private int twice(int n) { return 2 * n; } public void jspInit() {} %><%= twice(4) %>",
                        "8"),
                of(
                        "element",
                        "<jsp:element name='em'><jsp:attribute name='id'>i</jsp:attribute><jsp:body>t</jsp:body></jsp:element>",
                        "<em id=\"i\">t</em>"));
    }

    private static Arguments of(String name, String source, String expected) {
        return Arguments.of(name, source, expected);
    }

    /** One application with all pages, and the engine that compiles them when they are asked for. */
    private record Served(LoadedWebApplication loaded, Pages pages, Servlet servlet) {
        static Served of(ArchiveFile war, Path directory) throws Exception {
            constructs().map(Arguments::get).forEach(page -> war.text(fileOf((String) page[0]), TAGLIBS + page[1]));
            Path file = war.write(Files.createDirectories(directory).resolve("test.war"));
            LoadedWebApplication loaded =
                    (LoadedWebApplication) Archives.open(file, LoaderOptions.of(directory.resolve("work")));
            Pages pages =
                    new Pages(loaded, JspOptions.PRODUCTION, Files.createDirectories(directory.resolve("scratch")));
            return new Served(loaded, pages, pages.servlet(null));
        }

        String get(String path) throws Exception {
            return pages.get(servlet, path);
        }
    }

    private static String fileOf(String name) {
        return name.replace(' ', '-') + ".jsp";
    }

    @BeforeAll
    static void load(@TempDir Path directory) throws Exception {
        containers = Served.of(application(), directory.resolve("containers"));
        own = Served.of(withOwnLibrary(), directory.resolve("own"));
    }

    @AfterAll
    static void close() throws Exception {
        containers.loaded().close();
        own.loaded().close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constructs")
    void withTheContainersLibrary(String name, String source, String expected) throws Exception {
        assertThat(containers.get("/" + fileOf(name))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constructs")
    void withTheApplicationsOwnLibrary(String name, String source, String expected) throws Exception {
        assertThat(own.get("/" + fileOf(name))).isEqualTo(expected);
    }

    @Test
    void aDocumentIsAPage() throws Exception {
        assertThat(containers.get("/d.jspx")).isEqualTo("12");
    }

    /** What generated code names is a string constant of the engine's generator; all of it must be visible to applications. */
    @Test
    void everythingThatTheGeneratorNamesIsVisible() throws Exception {
        Set<String> named = new TreeSet<>();
        try (JarFile jar =
                new JarFile(fileOf(org.apache.jasper.compiler.PageInfo.class).toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith("org/apache/jasper/compiler/")
                        && entry.getName().endsWith(".class")) {
                    named.addAll(namesIn(jar.getInputStream(entry).readAllBytes()));
                }
            }
        }
        assertThat(named).contains("org.apache.jasper.el.JspValueExpression", "org.apache.tomcat.InstanceManager");
        for (String name : named) {
            assertThat(containers.loaded().classLoader().loadClass(name)).isNotNull();
        }
    }

    private static Set<String> namesIn(byte[] classFile) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = CLASS_NAME.matcher(new String(classFile, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
