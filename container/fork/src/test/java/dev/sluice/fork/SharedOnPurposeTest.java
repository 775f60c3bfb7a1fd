package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.ForkNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is meant for all requests stays one object, and the picture of the template says why. */
class SharedOnPurposeTest {
    @Shared
    static class Pool {
        int inUse;
    }

    static final class SpecialPool extends Pool {}

    static final class State {
        final Pool pool = new SpecialPool();

        @Shared
        final List<String> log = new ArrayList<>();

        @Shared
        InputStream stream = new ByteArrayInputStream(new byte[0]);

        final List<String> own = new ArrayList<>();
    }

    @Test
    void annotatedTypesAndFields() {
        State state = new State();
        Template<State> template = Template.of("state", state, ForkOptions.defaults());
        State fork = template.fork();
        assertThat(fork.pool).isSameAs(state.pool);
        assertThat(fork.log).isSameAs(state.log);
        assertThat(fork.stream).isSameAs(state.stream);
        assertThat(fork.own).isNotSameAs(state.own);
        assertThat(template.tree(100, template.measure()).children())
                .filteredOn(n -> n.treatment() == ForkNode.Treatment.SHARED)
                .extracting(ForkNode::label, ForkNode::reason)
                .contains(org.assertj.core.groups.Tuple.tuple(".log", "annotated @Shared"))
                .hasSize(3);
    }

    static Stream<Object> shared() {
        return Stream.of(
                ForkJoinPool.commonPool(),
                Executors.newSingleThreadScheduledExecutor(),
                Proxy.newProxyInstance(
                        SharedOnPurposeTest.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) -> "a pool"),
                new ReentrantLock(),
                new ReentrantReadWriteLock().readLock(),
                new Semaphore(1),
                new CountDownLatch(1),
                new ArrayBlockingQueue<>(1),
                new CompletableFuture<>(),
                new SecureRandom(),
                Logger.getLogger("x"),
                System.getLogger("y"),
                new Object());
    }

    @ParameterizedTest
    @MethodSource("shared")
    void knownTypes(Object object) {
        List<Object> fork = Template.of("state", new ArrayList<>(List.of(object)), ForkOptions.defaults())
                .fork();
        assertThat(fork.get(0)).isSameAs(object);
    }

    static class ThirdParty {
        int state;
    }

    static final class ThirdPartyChild extends ThirdParty {}

    @Test
    void typesOfTheConfiguration() {
        List<Object> state = new ArrayList<>(List.of(new ThirdPartyChild()));
        ForkOptions byName = ForkOptions.defaults().sharing(ThirdParty.class.getName());
        assertThat(Template.of("state", state, byName).fork().get(0)).isSameAs(state.get(0));
        ForkOptions byPackage = ForkOptions.defaults().sharing("dev.sluice.*");
        assertThat(Template.of("state", state, byPackage).fork().get(0)).isSameAs(state.get(0));
        assertThat(Template.of("state", state, ForkOptions.defaults()).fork().get(0))
                .isNotSameAs(state.get(0));
    }
}
