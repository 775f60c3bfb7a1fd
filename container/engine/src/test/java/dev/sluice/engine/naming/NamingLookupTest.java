package dev.sluice.engine.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.InjectionTarget;
import dev.sluice.engine.descriptor.NamingDescriptor.Kind;
import dev.sluice.engine.fixture.LoggedLines;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.naming.Binding;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code java:} names by plain JNDI, as applications use it (Jakarta EE Platform 11, 5.2). */
class NamingLookupTest {
    private final ClassLoader loader = new URLClassLoader(new URL[0], NamingLookupTest.class.getClassLoader());
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private @Nullable NamingEnvironment environment;

    enum Colour {
        RED
    }

    @SuppressWarnings("unused")
    private long field;

    @BeforeEach
    void enter() {
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void leave() {
        Thread.currentThread().setContextClassLoader(before);
        if (environment != null) {
            environment.close();
        }
    }

    private void activate(Resources resources, NamingDescriptor... entries) {
        environment = new NamingEnvironment(List.of(entries), loader, resources);
        environment.activate();
    }

    private static NamingDescriptor value(String name, @Nullable String type, @Nullable String value) {
        return new NamingDescriptor(Kind.ENVIRONMENT_ENTRY, name, type, value, null, List.of());
    }

    private static NamingDescriptor resource(String name, @Nullable String lookup) {
        return new NamingDescriptor(Kind.RESOURCE, name, "javax.sql.DataSource", null, lookup, List.of());
    }

    private static Object lookup(String name) throws NamingException {
        return new InitialContext().lookup(name);
    }

    /** Resources that are strings. */
    private static Resources resources(Map<String, String> values) {
        return new Resources() {
            @Override
            public Set<String> names() {
                return values.keySet();
            }

            @Override
            public @Nullable Object find(String name) {
                return values.get(name);
            }

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.String, ' a b '",
        "java.lang.Boolean, true",
        "java.lang.Byte, -1",
        "java.lang.Character, x",
        "java.lang.Short, 2",
        "java.lang.Integer, 3",
        "java.lang.Long, 4",
        "java.lang.Float, 5.5",
        "java.lang.Double, 6.5",
        "int, 7",
        "dev.sluice.engine.naming.NamingLookupTest$Colour, RED"
    })
    void valuesOfAllTypes(String type, String text) throws NamingException {
        activate(Resources.NONE, value("a/b", type, text));
        Object found = lookup("java:comp/env/a/b");
        assertThat(found).hasToString(text);
        assertThat(found.getClass().getName()).isEqualTo(type.equals("int") ? "java.lang.Integer" : type);
    }

    @Test
    void aClassAndTheTypeOfTheTarget() throws NamingException {
        activate(
                Resources.NONE,
                value("class", "java.lang.Class", "java.util.List"),
                new NamingDescriptor(
                        Kind.ENVIRONMENT_ENTRY,
                        "n",
                        null,
                        "12",
                        null,
                        List.of(new InjectionTarget(NamingLookupTest.class.getName(), "field"))));
        assertThat(lookup("java:comp/env/class")).isEqualTo(List.class);
        assertThat(lookup("java:comp/env/n")).isEqualTo(12L);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.Integer, x",
        "java.lang.Character, xy",
        "java.lang.Class, no.such.Thing",
        "dev.sluice.engine.naming.NamingLookupTest$Colour, BLUE",
        "java.util.List, x"
    })
    void aWrongValueSaysWhich(String type, String text) {
        activate(Resources.NONE, value("a", type, text));
        assertThatExceptionOfType(NamingException.class)
                .isThrownBy(() -> lookup("java:comp/env/a"))
                .withMessageContaining("env-entry a")
                .withMessageContaining(text);
    }

    @Test
    void contextsAndListings() throws NamingException {
        activate(Resources.NONE, value("a/b", "java.lang.String", "1"), value("a/c", "java.lang.String", "2"));
        Context env = (Context) lookup("java:comp/env");
        assertThat(env.lookup("a/b")).isEqualTo("1");
        assertThat(((Context) env.lookup("a")).lookup("c")).isEqualTo("2");
        assertThat(((Context) env.lookup("")).lookup("a/b")).isEqualTo("1");
        List<String> listed = new ArrayList<>();
        for (Binding binding : Collections.list(new InitialContext().listBindings("java:comp/env/a"))) {
            listed.add(binding.getName() + "=" + binding.getObject());
        }
        assertThat(listed).containsExactly("b=1", "c=2");
        assertThat(Collections.list(env.list("a"))).extracting("className").containsOnly("java.lang.String");
        assertThatExceptionOfType(NotContextException.class).isThrownBy(() -> env.list("a/b"));
        assertThat(lookup("java:module/env/a/b")).isEqualTo("1");
    }

    @Test
    void applicationsOnlyRead() throws NamingException {
        activate(Resources.NONE, value("a", "java.lang.String", "1"));
        Context env = (Context) lookup("java:comp/env");
        assertThatExceptionOfType(OperationNotSupportedException.class).isThrownBy(() -> env.rebind("a", "2"));
        assertThatExceptionOfType(OperationNotSupportedException.class).isThrownBy(() -> env.unbind("a"));
        assertThatExceptionOfType(OperationNotSupportedException.class)
                .isThrownBy(() -> new InitialContext().bind("java:comp/env/b", "2"));
    }

    @Test
    void configuredResourcesByReferenceByLinkAndByName() throws NamingException {
        activate(
                resources(Map.of("jdbc/shop", "pool", "jdbc/other", "other")),
                resource("jdbc/shop", null),
                resource("linked", "jdbc/shop"),
                resource("twice", "java:comp/env/linked"),
                resource("global", "java:global/jdbc/shop"));
        for (String name : List.of("jdbc/shop", "linked", "twice", "global")) {
            assertThat(lookup("java:comp/env/" + name)).isEqualTo("pool");
        }
        assertThat(lookup("java:comp/env/jdbc/other")).as("not declared").isEqualTo("other");
    }

    @Test
    void whatIsMissingIsNotFound() {
        activate(Resources.NONE, resource("jdbc/shop", null), value("without", "java.lang.String", null));
        for (String name : List.of("jdbc/shop", "without", "nothing", "nothing/below")) {
            assertThatExceptionOfType(NameNotFoundException.class)
                    .as(name)
                    .isThrownBy(() -> lookup("java:comp/env/" + name))
                    .withMessageContaining("expected");
        }
    }

    @Test
    void circlesEnd() {
        activate(Resources.NONE, resource("a", "java:comp/env/a"));
        assertThatExceptionOfType(NamingException.class)
                .isThrownBy(() -> lookup("java:comp/env/a"))
                .withMessageContaining("circle");
    }

    @Test
    void everyApplicationHasItsOwn() throws NamingException {
        activate(Resources.NONE, value("a", "java.lang.String", "first"));
        ClassLoader other = new URLClassLoader(new URL[0], getClass().getClassLoader());
        try (NamingEnvironment second =
                new NamingEnvironment(List.of(value("a", "java.lang.String", "second")), other, Resources.NONE)) {
            second.activate();
            assertThat(lookup("java:comp/env/a")).isEqualTo("first");
            Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], other));
            assertThat(lookup("java:comp/env/a")).as("a child of its loader").isEqualTo("second");
        }
        assertThatExceptionOfType(NamingException.class).isThrownBy(() -> lookup("java:comp/env/a"));
    }

    @Test
    void aThreadOfTheApplicationFindsIt() throws Exception {
        activate(Resources.NONE, value("a", "java.lang.String", "1"));
        List<Object> found = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                found.add(lookup("java:comp/env/a"));
            } catch (NamingException e) {
                found.add(e);
            }
        });
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(found).containsExactly("1");
    }

    /** Otherwise it would only be found out by the first look-up. */
    @Test
    void aValueThatIsNoneOfItsTypeIsToldAtTheStart() {
        try (LoggedLines log = new LoggedLines("dev.sluice.naming")) {
            activate(resources(Map.of()), value("most", "java.lang.Integer", "many"), value("least", "int", "1"));
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains("WARNING", "env-entry most", "many", "java.lang.Integer");
        }
    }
}
