package dev.sluice.engine.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.InjectionTarget;
import dev.sluice.engine.descriptor.NamingDescriptor.Kind;
import dev.sluice.engine.descriptor.WebApplication;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code @Resource}, {@code @PostConstruct}, {@code @PreDestroy} and their twins of web.xml (Servlet 6.1, 15.5). */
class InjectionTest {
    private static final DataSources.Definition POOL = new DataSources.Definition(
            "jdbc/shop", "org.h2.Driver", "jdbc:h2:mem:shop", "sa", "", 2, Duration.ofSeconds(60));

    static class Ancestor {
        final List<String> calls = new ArrayList<>();

        @Resource(name = "greeting")
        private String greeting = "default";

        @PostConstruct
        private void start() {
            calls.add("ancestor start " + greeting);
        }

        @PreDestroy
        void stop() {
            calls.add("ancestor stop");
        }

        @PostConstruct
        void overridden() {
            calls.add("not called");
        }
    }

    static final class Component extends Ancestor {
        @Resource(name = "jdbc/shop")
        private @Nullable DataSource pool;

        @Resource
        private int unknownValue = 7;

        private int count;

        @Resource(name = "count")
        void setCount(int value) {
            count = value;
        }

        @PostConstruct
        @Override
        void overridden() {
            calls.add("component overridden " + count);
        }

        @PreDestroy
        private void end() {
            calls.add("component end");
        }
    }

    private static NamingDescriptor value(String name, String type, String text, InjectionTarget... targets) {
        return new NamingDescriptor(Kind.ENVIRONMENT_ENTRY, name, type, text, null, List.of(targets));
    }

    private static ComponentFactory factory(WebApplication application, Resources resources) {
        return new ComponentFactory(
                application,
                new NamingEnvironment(application.namingEntries(), InjectionTest.class.getClassLoader(), resources));
    }

    private static WebApplication.Builder application() {
        return WebApplication.builder()
                .namingEntries(List.of(
                        value("greeting", "java.lang.String", "hello"), value("count", "java.lang.Integer", "3")));
    }

    @Test
    void fieldsSettersAndCallbacksInOrder() throws Exception {
        try (DataSources pools = new DataSources(List.of(POOL), getClass().getClassLoader())) {
            ComponentFactory factory = factory(application().build(), pools);
            Component made = factory.create(Component.class);
            assertThat(made.calls).containsExactly("ancestor start hello", "component overridden 3");
            assertThat(made.unknownValue).as("a value that nobody gives").isEqualTo(7);
            DataSource pool = made.pool;
            assertThat(pool).isNotNull();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
            made.calls.clear();
            factory.destroy(made);
            assertThat(made.calls).containsExactly("component end", "ancestor stop");
        }
    }

    @Test
    void anInstanceOfTheApplicationIsAdopted() throws Exception {
        Ancestor own = new Ancestor();
        factory(application().build(), Resources.NONE).adopt(own);
        assertThat(own.calls).contains("ancestor start hello");
    }

    @Test
    void aMissingResourceKeepsTheComponentOutOfService() {
        ComponentFactory factory = factory(application().build(), Resources.NONE);
        assertThatExceptionOfType(ReflectiveOperationException.class)
                .isThrownBy(() -> factory.create(Component.class))
                .withMessageContaining("jdbc/shop")
                .withMessageContaining("pool");
    }

    static class Plain {
        private @Nullable String text;

        @SuppressWarnings("unused")
        private String quiet = "";

        final List<String> calls = new ArrayList<>();

        void go() {
            calls.add("go " + text);
        }

        void halt() {
            calls.add("halt");
        }

        @PostConstruct
        void annotated() {
            calls.add("annotated");
        }
    }

    @Test
    void theDescriptorAloneIfItIsComplete() throws Exception {
        String name = Plain.class.getName();
        ComponentFactory factory = factory(
                WebApplication.builder()
                        .metadataComplete(true)
                        .namingEntries(List.of(value("t", "java.lang.String", "x", new InjectionTarget(name, "text"))))
                        .postConstructs(Set.of(name + "#go"))
                        .preDestroys(Set.of(name + "#halt"))
                        .build(),
                Resources.NONE);
        Plain made = factory.create(Plain.class);
        factory.destroy(made);
        assertThat(made.calls).containsExactly("go x", "halt");
    }

    @Test
    void aTargetThatDoesNotExistIsAnError() {
        String name = Plain.class.getName();
        ComponentFactory factory = factory(
                WebApplication.builder()
                        .namingEntries(
                                List.of(value("t", "java.lang.String", "x", new InjectionTarget(name, "nothing"))))
                        .build(),
                Resources.NONE);
        assertThatExceptionOfType(ReflectiveOperationException.class)
                .isThrownBy(() -> factory.create(Plain.class))
                .withMessageContaining("nothing");
    }

    @Test
    void aValueOfAnotherTypeIsAnError() {
        ComponentFactory factory = factory(
                WebApplication.builder()
                        .namingEntries(List.of(value("greeting", "java.lang.Integer", "1")))
                        .build(),
                Resources.NONE);
        assertThatExceptionOfType(ReflectiveOperationException.class)
                .isThrownBy(() -> factory.create(Ancestor.class))
                .withMessageContaining("java.lang.String");
    }

    static class Failing {
        @PostConstruct
        void start() {
            throw new IllegalStateException("on purpose");
        }

        @PreDestroy
        void stop() {
            throw new IllegalStateException("on purpose too");
        }
    }

    @Test
    void aCallbackThatFails() {
        ComponentFactory factory = factory(WebApplication.builder().build(), Resources.NONE);
        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> factory.create(Failing.class))
                .havingCause()
                .withMessage("on purpose");
        factory.destroy(new Failing());
    }

    @Test
    void aPoolIsBoundedAndClosedWithTheApplication() throws Exception {
        DataSources.Definition impatient = new DataSources.Definition(
                POOL.name(), POOL.driver(), POOL.url(), POOL.user(), POOL.password(), 2, Duration.ofSeconds(2));
        DataSources pools = new DataSources(List.of(impatient), getClass().getClassLoader());
        DataSource pool = pools.find("jdbc/shop");
        assertThat(pool).isNotNull().isSameAs(pools.find("jdbc/shop"));
        try (Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(first).isNotSameAs(second);
            assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
        }
        pools.close();
        assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
        assertThatExceptionOfType(NamingException.class).isThrownBy(() -> pools.find("jdbc/shop"));
    }

    @Test
    void aDriverThatIsNotThereIsNamed() {
        DataSources pools = new DataSources(
                List.of(new DataSources.Definition(
                        "jdbc/x", "no.such.Driver", "jdbc:x", "", "", 1, Duration.ofSeconds(1))),
                getClass().getClassLoader());
        assertThatExceptionOfType(NamingException.class)
                .isThrownBy(() -> pools.find("jdbc/x"))
                .withMessageContaining("no.such.Driver")
                .withMessageContaining("jdbc/x");
    }
}
