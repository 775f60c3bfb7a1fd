package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URL;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servlet 6.1, 8.2.4: an initializer is told of the classes that extend, implement or carry its handled types. */
@ExtendWith(ArquillianExtension.class)
class HandlesTypesTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(
                        HandlesTypesTest.class,
                        Initializer.class,
                        Marker.class,
                        Plugin.class,
                        AbstractPlugin.class,
                        DirectPlugin.class,
                        InheritedPlugin.class,
                        Marked.class,
                        MarkedByMethod.class,
                        Unrelated.class,
                        Names.class)
                .addAsResource(
                        new StringAsset(Initializer.class.getName()),
                        "META-INF/services/" + ServletContainerInitializer.class.getName());
    }

    @Test
    void subclassesImplementorsAndAnnotatedClassesAreFound(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "names").body())
                .isEqualTo("AbstractPlugin DirectPlugin InheritedPlugin Marked MarkedByMethod");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Marker {}

    public interface Plugin {}

    public abstract static class AbstractPlugin implements Plugin {}

    public static class DirectPlugin implements Plugin {}

    public static class InheritedPlugin extends AbstractPlugin {}

    @Marker
    public static class Marked {}

    public static class MarkedByMethod {
        @Marker
        public void method() {}
    }

    public static class Unrelated {}

    @HandlesTypes({Plugin.class, Marker.class})
    public static class Initializer implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> types, ServletContext context) {
            String names = types == null
                    ? "none"
                    : types.stream()
                            .map(type -> type.getName().replaceAll(".*[$]", ""))
                            .collect(Collectors.toCollection(TreeSet::new))
                            .stream()
                            .collect(Collectors.joining(" "));
            context.addServlet("names", new Names(names)).addMapping("/names");
        }
    }

    public static class Names extends HttpServlet {
        private final String names;

        public Names(String names) {
            this.names = names;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(names);
        }
    }
}
