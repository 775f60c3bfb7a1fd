package dev.sluice.war.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Loading;
import dev.sluice.war.archive.ArchiveException;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 8.1: annotations of classes and libraries, alone and below descriptors. */
class AnnotationsTest extends Loading {
    private static final Class<?>[] SHOP = {
        Components.Shop.class,
        Components.Parent.class,
        Components.Guard.class,
        Components.Started.class,
        Components.Bean.class
    };

    private static ArchiveFile war() {
        return ArchiveFile.empty().webClasses(SHOP);
    }

    @Test
    void aServletByAnnotation() throws Exception {
        ServletDescriptor shop = servlet(describe(war()), "shop");
        assertThat(shop.className()).isEqualTo(Components.Shop.class.getName());
        assertThat(shop.urlPatterns()).containsExactly("/shop", "*.buy");
        assertThat(shop.loadOnStartup()).isEqualTo(4);
        assertThat(shop.asyncSupported()).isTrue();
        assertThat(shop.initParameters()).containsEntry("a", "annotation");
        assertThat(shop.runAs()).isEqualTo("clerk");
        assertThat(shop.multipart()).isEqualTo(new MultipartDescriptor("up", 10, -1, 0));
    }

    @Test
    void withoutANameTheClassNameIsTheName() throws Exception {
        WebApplication described = describe(ArchiveFile.empty().webClasses(Components.Plain.class));
        assertThat(servlet(described, Components.Plain.class.getName()).urlPatterns())
                .containsExactly("/plain");
    }

    @Test
    void aFilterAndAListener() throws Exception {
        WebApplication described = describe(war());
        assertThat(described.filterMappings())
                .containsExactly(
                        new FilterMapping("guard", List.of("/shop"), List.of("shop"), Set.of(DispatcherType.FORWARD)));
        assertThat(described.listeners())
                .extracting(l -> l.className())
                .containsExactly(Components.Started.class.getName());
    }

    @Test
    void webXmlWinsOverAnnotations() throws Exception {
        ServletDescriptor shop = servlet(
                describe(
                        war().webXml(
                                        "<servlet><servlet-name>shop</servlet-name><servlet-class>other.Shop</servlet-class>"
                                                + "<init-param><param-name>a</param-name><param-value>xml</param-value></init-param>"
                                                + "<load-on-startup>9</load-on-startup></servlet>"
                                                + "<servlet-mapping><servlet-name>shop</servlet-name><url-pattern>/xml</url-pattern></servlet-mapping>")),
                "shop");
        assertThat(shop.className()).isEqualTo("other.Shop");
        assertThat(shop.initParameters()).containsEntry("a", "xml");
        assertThat(shop.loadOnStartup()).isEqualTo(9);
        assertThat(shop.urlPatterns()).containsExactly("/xml");
    }

    @Test
    void metadataCompleteSwitchesThemOff() throws Exception {
        WebApplication described =
                describe(war().text("WEB-INF/web.xml", "<web-app version='6.1' metadata-complete='true'/>"));
        assertThat(described.servlets()).isEmpty();
        assertThat(described.filters()).isEmpty();
    }

    @Test
    void multipartConfigOfAClassThatWebXmlDeclares() throws Exception {
        WebApplication described = describe(war().text(
                        "WEB-INF/web.xml",
                        "<web-app version='6.1' metadata-complete='true'><servlet><servlet-name>s</servlet-name><servlet-class>"
                                + Components.Shop.class.getName() + "</servlet-class></servlet></web-app>"));
        assertThat(servlet(described, "s").multipart()).isEqualTo(new MultipartDescriptor("up", 10, -1, 0));
    }

    @Test
    void librariesAreScannedUnlessTheirFragmentIsComplete() throws Exception {
        ArchiveFile library = ArchiveFile.empty().classes(Components.Plain.class);
        assertThat(describe(ArchiveFile.empty().library("a.jar", library)).servlets())
                .hasSize(1);
        library.text("META-INF/web-fragment.xml", "<web-fragment version='6.1' metadata-complete='true'/>");
        assertThat(describe(ArchiveFile.empty().library("a.jar", library)).servlets())
                .isEmpty();
    }

    @Test
    void rolesOfComponents() throws Exception {
        assertThat(describe(war()).securityRoles()).containsExactlyInAnyOrder("clerk", "boss");
    }

    @Test
    void resourcesOfComponentsAndTheirSuperclassesOnly() throws Exception {
        WebApplication described = describe(war());
        assertThat(described.namingEntries())
                .extracting(NamingDescriptor::name)
                .containsExactlyInAnyOrder(
                        "inherited",
                        Components.Shop.class.getName() + "/limit",
                        Components.Shop.class.getName() + "/catalog");
        NamingDescriptor catalog = described.namingEntries().stream()
                .filter(entry -> entry.name().endsWith("catalog"))
                .findFirst()
                .orElseThrow();
        assertThat(catalog.lookupName()).isEqualTo("java:/other");
        assertThat(catalog.type()).isEqualTo("java.lang.String");
        assertThat(catalog.targets()).extracting(t -> t.memberName()).containsExactly("catalog");
    }

    @Test
    void lifecycleCallbacks() throws Exception {
        WebApplication described = describe(war());
        assertThat(described.postConstructs()).containsExactly(Components.Parent.class.getName() + "#ready");
        assertThat(described.preDestroys()).containsExactly(Components.Shop.class.getName() + "#gone");
    }

    @Test
    void valueAndUrlPatternsContradict() {
        assertThatThrownBy(() -> describe(ArchiveFile.empty().webClasses(Components.Contradicting.class)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("both value and urlPatterns");
    }

    @Test
    void twoClassesWithOneServletName() {
        assertThatThrownBy(() ->
                        describe(ArchiveFile.empty().webClasses(Components.Shop.class, Components.SecondShop.class)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("'shop'");
    }
}
