package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public collection and map class that this JDK has in java.util and java.util.concurrent, whichever JDK it is. */
class EveryJdkCollectionTest {
    private static final FileSystem JDK = FileSystems.getFileSystem(URI.create("jrt:/"));

    static Stream<Class<?>> classes() throws IOException {
        List<Class<?>> all = new ArrayList<>();
        for (String directory : List.of("java/util", "java/util/concurrent")) {
            try (Stream<Path> files = Files.list(JDK.getPath("/modules/java.base/" + directory))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> named(directory.replace('/', '.') + "." + name.replace(".class", "")))
                        .filter(EveryJdkCollectionTest::concrete)
                        .forEach(all::add);
            }
        }
        assertThat(all).hasSizeGreaterThan(30);
        return all.stream();
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean concrete(Class<?> type) {
        int modifiers = type.getModifiers();
        return Modifier.isPublic(modifiers)
                && !Modifier.isAbstract(modifiers)
                && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
    }

    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        if (type == EnumMap.class) {
            return new EnumMap<>(Thread.State.class);
        }
        if (type == ArrayBlockingQueue.class) {
            return new ArrayBlockingQueue<>(8);
        }
        if (type == ConcurrentHashMap.KeySetView.class) {
            return ConcurrentHashMap.newKeySet();
        }
        return type.getConstructor().newInstance();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void isForkedOrSharedOnPurpose(Class<?> type) throws Exception {
        Object original = instance(type);
        if (original instanceof BlockingQueue<?>) {
            assertThat(fork(original)).as("a channel between threads").isSameAs(original);
        } else if (original instanceof Map<?, ?> map) {
            map(map, type == EnumMap.class ? Thread.State.NEW : "key");
        } else {
            bag((Collection<?>) original);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T fork(T root) {
        return (T) Template.of("state", root, ForkOptions.defaults()).fork();
    }

    @SuppressWarnings("unchecked")
    private static void map(Map<?, ?> map, Object key) {
        int[] value = {1};
        ((Map<Object, Object>) map).put(key, value);
        Map<Object, Object> fork = (Map<Object, Object>) fork(map);

        assertThat((Object) fork.getClass()).isEqualTo(map.getClass());
        assertThat((Object) fork).isNotSameAs(map);
        assertThat((int[]) fork.get(key)).isNotSameAs(value).containsExactly(1);
        fork.clear();
        assertThat(map.get(key)).isSameAs(value);
    }

    @SuppressWarnings("unchecked")
    private static void bag(Collection<?> bag) {
        ((Collection<Object>) bag).addAll(List.of("a", "b", "c"));
        Collection<Object> fork = (Collection<Object>) fork(bag);

        assertThat((Object) fork.getClass()).isEqualTo(bag.getClass());
        assertThat((Object) fork).isNotSameAs(bag);
        assertThat(fork.toArray()).containsExactly(bag.toArray());
        fork.clear();
        assertThat(bag).hasSize(3);
    }
}
