package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.logging.Level;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is shared because of its role is the JDK's; what an application makes of such a role is looked at. */
class SharedByRoleTest {
    private static <T> Template<T> publish(T root) {
        return Template.of("state", root, ForkOptions.defaults());
    }

    private static List<Object> list(Object... elements) {
        return new ArrayList<>(List.of(elements));
    }

    @Test
    void anExecutorOfTheApplicationIsCopiedWithWhatItHolds() {
        List<String> log = new ArrayList<>();
        Executor direct = task -> {
            log.add("ran");
            task.run();
        };
        Executor fork = publish(direct).fork();
        fork.execute(() -> {});
        assertThat(log).isEmpty();
        assertThat(fork).isNotSameAs(direct);
    }

    @Test
    void executorsOfTheJdkAreShared() {
        assertThat(publish(list(ForkJoinPool.commonPool())).fork().get(0)).isSameAs(ForkJoinPool.commonPool());
    }

    static final class Plain extends RuntimeException {
        final int code;

        Plain(int code) {
            super("plain");
            this.code = code;
        }
    }

    static final class Collecting extends RuntimeException {
        final List<String> notes = new ArrayList<>();
    }

    static final class Bundle extends ListResourceBundle {
        int asked;

        @Override
        protected Object[][] getContents() {
            return new Object[][] {{"k", "v"}};
        }
    }

    static final class Named extends ReentrantLock {
        final String name = "n";
    }

    @Test
    void subclassesWithoutStateAreSharedAndThoseWithStateRefused() {
        Object exception = new Plain(7);
        Object lock = new Named();
        List<Object> fork = publish(list(exception, lock)).fork();
        assertThat(fork.get(0)).isSameAs(exception);
        assertThat(fork.get(1)).isSameAs(lock);
        assertThatThrownBy(() -> publish(list(new Collecting())))
                .hasMessageContaining("state[0] -> " + Collecting.class.getName() + ": a java.lang.RuntimeException");
        assertThatThrownBy(() -> publish(list(new Bundle()))).hasMessageContaining("state[0]");
    }

    @Test
    void heldLocksAreRefusedByWhicheverViewTheyAreSeen() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        StampedLock stamped = new StampedLock();
        List<Lock> views = List.of(lock.writeLock(), lock.readLock(), stamped.asWriteLock(), stamped.asReadLock());
        for (Lock view : views) {
            assertThat(publish(list(view)).fork().get(0)).isSameAs(view);
        }
        for (Lock view : List.of(lock.writeLock(), lock.readLock(), stamped.asWriteLock())) {
            view.lock();
            try {
                assertThatThrownBy(() -> publish(list(view))).hasMessageContaining("a lock that is held");
            } finally {
                view.unlock();
            }
        }
    }

    enum Counting {
        ONE;

        int count;
    }

    enum Holding {
        ONE;

        final List<String> notes = new ArrayList<>();
    }

    enum Fixed {
        ONE;

        final List<String> names = List.of("a");
        final int number = 1;
    }

    @Test
    void enumsWithStateAreAWarning() {
        assertThat(publish(list(Counting.ONE, Holding.ONE, Fixed.ONE)).warnings())
                .extracting(Finding::path, Finding::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("state[0]", Finding.Kind.ENUM_STATE),
                        org.assertj.core.groups.Tuple.tuple("state[1]", Finding.Kind.ENUM_STATE));
    }

    @Test
    void warningsAreLoggedAtPublish() {
        List<String> messages = new java.util.concurrent.CopyOnWriteArrayList<>();
        java.util.logging.Logger logger = java.util.logging.Logger.getLogger(Template.class.getName());
        java.util.logging.Handler handler = new java.util.logging.Handler() {
            @Override
            public void publish(java.util.logging.LogRecord logged) {
                messages.add(java.text.MessageFormat.format(logged.getMessage(), logged.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            publish(list(Counting.ONE));
            new Templates("shop", ForkOptions.defaults()).publish("prices", list(Counting.ONE));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(messages)
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("ONE.count can be changed"))
                .anySatisfy(message -> assertThat(message).startsWith("template 'state': state[0] -> "))
                .anySatisfy(message -> assertThat(message).startsWith("shop: template 'prices': prices[0] -> "));
    }

    @Nested
    class AnnotatedFields {
        static final class Registry {
            int registered;
        }

        static final class Service {
            Object first;

            @Shared
            Registry registry;

            Object last;
        }

        @Test
        void whatIsSharedOnceIsSharedEverywhere() {
            for (boolean before : new boolean[] {true, false}) {
                Service service = new Service();
                service.registry = new Registry();
                if (before) {
                    service.first = list(service.registry);
                } else {
                    service.last = list(service.registry);
                }
                List<Object> root = before ? list(service.registry, service) : list(service, service.registry);
                Template<List<Object>> template = publish(root);
                List<Object> fork = template.fork();
                Service forked = (Service) fork.get(before ? 1 : 0);
                assertThat(forked.registry).isSameAs(service.registry);
                assertThat(fork.get(before ? 0 : 1)).isSameAs(service.registry);
                assertThat(((List<?>) (before ? forked.first : forked.last)).get(0))
                        .isSameAs(service.registry);
                assertThat(template.warnings()).extracting(Finding::kind).containsExactly(Finding.Kind.SHARED_BY_FIELD);
                assertThat(template.warnings().get(0).problem()).contains("registry is annotated @Shared");
            }
        }
    }

    @Test
    void valuesOfTheJdk() throws Exception {
        List<Object> values = list(
                Level.INFO,
                java.lang.invoke.MethodType.methodType(void.class),
                java.security.KeyPairGenerator.getInstance("EC").generateKeyPair(),
                Collections.emptySortedSet(),
                Collections.emptyNavigableMap());
        List<Object> fork = publish(values).fork();
        for (int i = 0; i < values.size(); i++) {
            assertThat(fork.get(i)).isSameAs(values.get(i));
        }
    }
}
