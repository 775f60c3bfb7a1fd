package dev.sluice.war.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.Kind;
import dev.sluice.engine.naming.NamingEnvironment;
import dev.sluice.engine.naming.Resources;
import java.util.List;
import javax.naming.InitialContext;
import org.junit.jupiter.api.Test;

/** JNDI reaches the application's naming environment through its isolating loader, and nothing else of the engine. */
class NamingVisibilityTest {
    @Test
    void findsTheEnvironment() throws Exception {
        NamingDescriptor entry =
                new NamingDescriptor(Kind.ENVIRONMENT_ENTRY, "greeting", "java.lang.String", "hello", null, List.of());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (ApplicationClassLoader loader = new ApplicationClassLoader(
                        "naming", List.of(), NamingVisibilityTest.class.getClassLoader(), Visibility.API);
                NamingEnvironment environment = new NamingEnvironment(List.of(entry), loader, Resources.NONE)) {
            environment.activate();
            thread.setContextClassLoader(loader);
            assertThat(InitialContext.<String>doLookup("java:comp/env/greeting"))
                    .isEqualTo("hello");
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> loader.loadClass(NamingEnvironment.class.getName()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
