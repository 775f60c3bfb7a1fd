package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When an application is gone, nothing here keeps its classes: neither generated code nor what was learnt about them. */
class ClassLoaderLeakTest {
    /** Loaded a second time by a loader of its own. */
    public static final class State implements Supplier<Object> {
        private final Map<String, int[]> numbers = new HashMap<>();
        private final List<String> names = Collections.unmodifiableList(new Names());
        private final Supplier<int[]> lambda;
        int count;

        public State() {
            int[] captured = {1};
            lambda = () -> captured;
            numbers.put("a", captured);
        }

        @Override
        public Object get() {
            return lambda.get() == numbers.get("a") ? names : this;
        }
    }

    /** A list of the application's own. */
    public static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(ClassLoaderLeakTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ClassLoaderLeakTest.class.getName() + "$")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static WeakReference<ClassLoader> forkInAnotherLoader() throws ReflectiveOperationException {
        Loader loader = new Loader();
        Object state =
                loader.loadClass(State.class.getName()).getDeclaredConstructor().newInstance();
        assertThat((Object) state.getClass()).isNotSameAs(State.class);
        Template<Object> template = Template.of("state", state, ForkOptions.defaults());
        Object fork = template.fork();
        assertThat(((Supplier<?>) fork).get()).isInstanceOf(List.class).isNotSameAs(fork);
        assertThat(template.tree(50, template.measure()).children()).hasSize(3);
        return new WeakReference<>(loader);
    }

    @Test
    void loaderIsCollectedWithItsTemplate() throws ReflectiveOperationException {
        WeakReference<ClassLoader> loader = forkInAnotherLoader();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }
}
