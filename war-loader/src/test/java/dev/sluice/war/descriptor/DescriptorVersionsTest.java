package dev.sluice.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every version of web.xml is read, with both namespaces and the DTDs. */
class DescriptorVersionsTest {
    private static final String BODY = "<display-name>Shop</display-name><servlet><servlet-name>a</servlet-name>"
            + "<servlet-class>shop.A</servlet-class><load-on-startup>2</load-on-startup></servlet>"
            + "<servlet-mapping><servlet-name>a</servlet-name><url-pattern>/a</url-pattern></servlet-mapping>"
            + "<session-config><session-timeout>7</session-timeout></session-config>";

    private static WebXml read(String text) throws Exception {
        return WebXml.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(WebXml read, String version) {
        assertThat(read.version()).isEqualTo(version);
        assertThat(read.displayName()).isEqualTo("Shop");
        assertThat(read.part().servlets().get("a").className()).isEqualTo("shop.A");
        assertThat(read.part().servlets().get("a").loadOnStartup()).isEqualTo(2);
        assertThat(read.part().session().timeoutMinutes()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "http://java.sun.com/xml/ns/j2ee, 2.4",
        "http://java.sun.com/xml/ns/javaee, 2.5",
        "http://java.sun.com/xml/ns/javaee, 3.0",
        "http://xmlns.jcp.org/xml/ns/javaee, 3.1",
        "http://xmlns.jcp.org/xml/ns/javaee, 4.0",
        "https://jakarta.ee/xml/ns/jakartaee, 5.0",
        "https://jakarta.ee/xml/ns/jakartaee, 6.0",
        "https://jakarta.ee/xml/ns/jakartaee, 6.1"
    })
    void schema(String namespace, String version) throws Exception {
        check(
                read("<?xml version='1.0'?><web-app xmlns='" + namespace + "' version='" + version + "'>" + BODY
                        + "</web-app>"),
                version);
    }

    @ParameterizedTest
    @CsvSource({"2.2, http://java.sun.com/j2ee/dtds/web-app_2_2.dtd", "2.3, http://java.sun.com/dtd/web-app_2_3.dtd"})
    void documentType(String version, String system) throws Exception {
        String text = "<?xml version='1.0'?><!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application "
                + version + "//EN' '" + system + "'><web-app>" + BODY + "</web-app>";
        check(read(text), version);
    }

    @Test
    void noVersionAtAllCountsAsTheNewest() throws Exception {
        check(read("<web-app>" + BODY + "</web-app>"), "6.1");
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() throws Exception {
        check(read("<web-app version='7.0'>" + BODY + "</web-app>"), "7.0");
    }

    @Test
    void elementsOfTheNewestVersion() throws Exception {
        WebXml read =
                read("<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1' metadata-complete='true'>"
                        + "<default-context-path>/shop</default-context-path><request-character-encoding>UTF-8</request-character-encoding>"
                        + "<response-character-encoding>UTF-16</response-character-encoding><deny-uncovered-http-methods/>"
                        + "<session-config><cookie-config><name>sid</name><http-only>true</http-only><attribute>"
                        + "<attribute-name>SameSite</attribute-name><attribute-value>Lax</attribute-value></attribute></cookie-config>"
                        + "<tracking-mode>COOKIE</tracking-mode></session-config></web-app>");
        assertThat(read.metadataComplete()).isTrue();
        assertThat(read.defaultContextPath()).isEqualTo("/shop");
        assertThat(read.requestCharacterEncoding()).isEqualTo("UTF-8");
        assertThat(read.responseCharacterEncoding()).isEqualTo("UTF-16");
        assertThat(read.denyUncoveredHttpMethods()).isTrue();
        assertThat(read.part().session().cookieName()).isEqualTo("sid");
        assertThat(read.part().session().cookieHttpOnly()).isTrue();
        assertThat(read.part().session().cookieSecure()).isNull();
        assertThat(read.part().session().cookieAttributes()).containsEntry("SameSite", "Lax");
    }

    @Test
    void cookieAttributesWithoutAVersion() throws Exception {
        WebXml read = read(
                "<web-app><session-config><cookie-config><attribute><attribute-name>SameSite</attribute-name>"
                        + "<attribute-value>Lax</attribute-value></attribute></cookie-config></session-config></web-app>");
        assertThat(read.part().session().cookieAttributes()).containsEntry("SameSite", "Lax");
    }

    @Test
    void constraintsKeepTheDifferenceBetweenNoneAndNobody() throws Exception {
        WebXml read = read("<web-app version='6.1'>" + constraint("") + constraint("<auth-constraint/>")
                + constraint(
                        "<auth-constraint><role-name>*</role-name></auth-constraint>"
                                + "<user-data-constraint><transport-guarantee>INTEGRAL</transport-guarantee></user-data-constraint>")
                + "</web-app>");
        assertThat(read.part().constraints().get(0).roles()).isNull();
        assertThat(read.part().constraints().get(1).roles()).isEmpty();
        assertThat(read.part().constraints().get(2).roles()).containsExactly("*");
        assertThat(read.part().constraints().get(2).transport())
                .isEqualTo(dev.sluice.engine.descriptor.SecurityConstraint.Transport.CONFIDENTIAL);
        assertThat(read.part().constraints().get(0).collections().get(0).methodOmissions())
                .containsExactly("GET");
    }

    private static String constraint(String rest) {
        return "<security-constraint><web-resource-collection><web-resource-name>n</web-resource-name><url-pattern>/x</url-pattern>"
                + "<http-method-omission>GET</http-method-omission></web-resource-collection>" + rest
                + "</security-constraint>";
    }

    @Test
    void jspConfigAndNaming() throws Exception {
        WebXml read = read(
                "<web-app version='6.1'><jsp-config><taglib><taglib-uri>u</taglib-uri><taglib-location>/t.tld</taglib-location>"
                        + "</taglib><jsp-property-group><url-pattern>*.jsp</url-pattern><el-ignored>true</el-ignored>"
                        + "<include-prelude>/p.jsp</include-prelude></jsp-property-group></jsp-config>"
                        + "<env-entry><env-entry-name>limit</env-entry-name><env-entry-type>java.lang.Integer</env-entry-type>"
                        + "<env-entry-value>5</env-entry-value></env-entry></web-app>");
        assertThat(read.part().jsp().tagLibraries()).containsEntry("u", "/t.tld");
        assertThat(read.part().jsp().propertyGroups().get(0).includePreludes()).containsExactly("/p.jsp");
        assertThat(read.part().naming().get("limit").value()).isEqualTo("5");
    }
}
