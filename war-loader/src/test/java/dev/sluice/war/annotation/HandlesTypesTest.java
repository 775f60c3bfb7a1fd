package dev.sluice.war.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.InitializerDescriptor;
import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Loading;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.http.HttpFilter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 8.2.4: which types an initializer gets, without loading a class. */
class HandlesTypesTest extends Loading {
    private static final String SERVICE = "META-INF/services/jakarta.servlet.ServletContainerInitializer";

    interface Plugin {}

    interface SpecialPlugin extends Plugin {}

    static class Direct implements Plugin {}

    static class Indirect extends Direct {}

    static class Special implements SpecialPlugin {}

    static class OwnFilter extends HttpFilter {
        private static final long serialVersionUID = 1L;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
    @interface Marked {}

    @Marked
    static class OnClass {}

    static class OnMethod {
        @Marked
        void method() {}
    }

    static class OnField {
        @Marked
        int field;
    }

    static class Unrelated {}

    @HandlesTypes({Plugin.class, Marked.class})
    static class PluginInitializer implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> types, ServletContext context) {}
    }

    @HandlesTypes(Filter.class)
    static class FilterInitializer implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> types, ServletContext context) {}
    }

    static class PlainInitializer implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> types, ServletContext context) {}
    }

    private static final Class<?>[] ALL = {
        Plugin.class,
        SpecialPlugin.class,
        Direct.class,
        Indirect.class,
        Special.class,
        OwnFilter.class,
        Marked.class,
        OnClass.class,
        OnMethod.class,
        OnField.class,
        Unrelated.class
    };

    private static ArchiveFile initializer(Class<?> type) {
        return ArchiveFile.empty().classes(type).text(SERVICE, type.getName());
    }

    private InitializerDescriptor described(ArchiveFile war) throws Exception {
        List<InitializerDescriptor> all = describe(war).initializers();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String[] names(Class<?>... types) {
        return List.of(types).stream().map(Class::getName).toArray(String[]::new);
    }

    @Test
    void subtypesAndAnnotatedTypesAcrossLibraries() throws Exception {
        InitializerDescriptor found = described(
                ArchiveFile.empty().webClasses(ALL).library("plugin.jar", initializer(PluginInitializer.class)));
        assertThat(found.handledTypes())
                .containsExactlyInAnyOrder(names(
                        SpecialPlugin.class,
                        Direct.class,
                        Indirect.class,
                        Special.class,
                        OnClass.class,
                        OnMethod.class,
                        OnField.class));
    }

    @Test
    void subtypesThroughTypesOfTheContainer() throws Exception {
        InitializerDescriptor found = described(
                ArchiveFile.empty().webClasses(ALL).library("filter.jar", initializer(FilterInitializer.class)));
        assertThat(found.handledTypes()).containsExactly(OwnFilter.class.getName());
    }

    @Test
    void metadataCompleteDoesNotChangeIt() throws Exception {
        InitializerDescriptor found = described(ArchiveFile.empty()
                .text("WEB-INF/web.xml", "<web-app version='6.1' metadata-complete='true'/>")
                .webClasses(ALL)
                .library("filter.jar", initializer(FilterInitializer.class)));
        assertThat(found.handledTypes()).containsExactly(OwnFilter.class.getName());
    }

    @Test
    void withoutTheAnnotationThereIsNothingToHandle() throws Exception {
        assertThat(described(ArchiveFile.empty().webClasses(ALL).library("p.jar", initializer(PlainInitializer.class)))
                        .handledTypes())
                .isEmpty();
    }

    @Test
    void initializersRunInTheOrderOfTheFragments() throws Exception {
        ArchiveFile war = ArchiveFile.empty()
                .webXml("<absolute-ordering><name>b</name><name>a</name></absolute-ordering>")
                .library("a.jar", initializer(PluginInitializer.class).fragment("<name>a</name>"))
                .library("b.jar", initializer(FilterInitializer.class).fragment("<name>b</name>"))
                .library("c.jar", initializer(PlainInitializer.class).fragment("<name>c</name>"));
        assertThat(describe(war).initializers())
                .extracting(InitializerDescriptor::className)
                .containsExactly(names(FilterInitializer.class, PluginInitializer.class));
    }
}
