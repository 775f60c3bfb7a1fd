package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkException;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not be copied fails the publish, with the way to it and what to do. */
class RefusedTypesTest {
    static final class State {
        final Cache cache = new Cache();
    }

    static final class Cache {
        Object loader;
    }

    static Stream<Object> refused() throws Exception {
        StampedLock stamped = new StampedLock();
        stamped.readLock();
        Path file = Files.createTempFile("sluice-fork-", ".bin");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ);
        MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8);
        channel.close();
        Files.delete(file);
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
        readWrite.readLock().lock();
        Socket socket = new Socket();
        ServerSocket server = new ServerSocket();
        Selector selector = Selector.open();
        socket.close();
        server.close();
        selector.close();
        return Stream.of(
                new ByteArrayInputStream(new byte[0]),
                new java.io.StringReader(""),
                socket,
                server,
                selector,
                channel,
                mapped,
                new Thread(() -> {}),
                new ThreadLocal<>(),
                new ArrayList<>().iterator(),
                Stream.generate(() -> 1),
                List.of(1).spliterator(),
                List.of(1).stream(),
                lock,
                stamped,
                readWrite,
                RefusedTypesTest.class.getClassLoader(),
                new WeakReference<>(""),
                Proxy.newProxyInstance(
                        RefusedTypesTest.class.getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> null),
                ByteBuffer.allocateDirect(8),
                java.util.regex.Pattern.compile("a").matcher("a"));
    }

    @ParameterizedTest(autoCloseArguments = false) // a class loader is among them
    @MethodSource("refused")
    void namedWithPathAndAdvice(Object loader) {
        State state = new State();
        state.cache.loader = loader;
        assertThatThrownBy(() -> Template.of("state", state, ForkOptions.defaults()))
                .isInstanceOfSatisfying(ForkException.class, e -> {
                    assertThat(e)
                            .hasMessageContaining(
                                    "state.cache.loader -> " + loader.getClass().getName());
                    assertThat(e.findings()).hasSize(1);
                    assertThat(e.findings().get(0).advice()).isNotEmpty();
                    assertThat(e.findings().get(0).path()).isEqualTo("state.cache.loader");
                });
    }

    @Test
    void allFindingsAreReported() {
        Map<String, Object> state = new HashMap<>();
        state.put("thread", Thread.currentThread());
        state.put("streams", List.of(new ByteArrayInputStream(new byte[0]), new ThreadLocal<>()));
        ForkAnalysis analysis = ForkAnalysis.of("state", state, ForkOptions.defaults());
        assertThat(analysis.forkable()).isFalse();
        assertThat(analysis.plan()).isEmpty();
        assertThat(analysis.findings())
                .extracting(Finding::path)
                .containsExactlyInAnyOrder("state[thread]", "state[streams][0]", "state[streams][1]");
    }

    @Test
    void capturedByALambda() {
        Thread worker = new Thread(() -> {});
        Supplier<String> handler = () -> worker.getName();
        assertThatThrownBy(() -> Template.of("handler", handler, ForkOptions.defaults()))
                .isInstanceOfSatisfying(
                        ForkException.class,
                        e -> assertThat(e.findings().get(0).location()).isNotNull());
    }

    @Test
    void moreObjectsThanAllowed() {
        Map<String, Object> state = new HashMap<>();
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(new int[] {i});
        }
        state.put("small", new ArrayList<>());
        state.put("many", many);
        assertThatThrownBy(
                        () -> Template.of("state", state, ForkOptions.defaults().maximumObjects(100)))
                .isInstanceOf(ForkException.class)
                .hasMessageContaining("303 mutable objects (allowed: 100)")
                .hasMessageContaining("state[many]");
    }
}
