package dev.sluice.engine.lane;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Shows virtual threads of requests in the JDK's dumps ({@code jcmd Thread.dump_to_file}). The JDK finds virtual threads only if it
 * keeps a list of all of them, which would cost every request; so it gets a list that is made when somebody asks. Reached with
 * {@code --add-opens java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
final class ThreadDumps {
    private static final System.Logger LOG = System.getLogger(ThreadDumps.class.getName());

    private ThreadDumps() {}

    /**
     * Shows these threads under a name.
     *
     * @return what must be kept as long as they are to be shown; a plain object if it cannot be done
     */
    static Object show(String name, Supplier<? extends Collection<Thread>> threads) {
        try {
            Class<?> type = Class.forName("jdk.internal.vm.SharedThreadContainer");
            Method create = type.getDeclaredMethod("create", String.class);
            Field list = type.getDeclaredField("virtualThreads");
            create.setAccessible(true);
            list.setAccessible(true);
            Object container = create.invoke(null, name);
            list.set(container, new View(threads));
            return container;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "thread dumps do not show requests on virtual threads (expected: --add-opens"
                            + " java.base/jdk.internal.vm=ALL-UNNAMED, or -Djdk.trackAllThreads=true)",
                    e);
            return new Object();
        }
    }

    /** The threads as they are when somebody looks. */
    private static final class View extends AbstractSet<Thread> {
        private final Supplier<? extends Collection<Thread>> threads;

        View(Supplier<? extends Collection<Thread>> threads) {
            this.threads = threads;
        }

        @Override
        public Iterator<Thread> iterator() {
            return threads.get().iterator();
        }

        @Override
        public int size() {
            return threads.get().size();
        }
    }
}
