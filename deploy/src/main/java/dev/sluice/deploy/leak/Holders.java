package dev.sluice.deploy.leak;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks in the places where class loaders are usually forgotten: running threads, their thread locals, JDBC drivers and shutdown hooks.
 * What the JDK keeps private is read by reflection; where that is not allowed, the answer says so.
 */
final class Holders {
    private static final String OPENS_LANG = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final String OPENS_SQL = "--add-opens java.sql/java.sql=ALL-UNNAMED";

    private final ClassLoader loader;
    private final List<String> found = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();

    private Holders(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * What was seen.
     *
     * @param found who holds the loader, in words
     * @param hidden where one could not look, and why
     */
    record Seen(List<String> found, List<String> hidden) {}

    /** Who holds this loader. */
    static Seen of(ClassLoader loader) {
        Holders holders = new Holders(loader);
        holders.look("threads", OPENS_LANG, holders::threads);
        holders.look("JDBC drivers", OPENS_SQL, holders::drivers);
        holders.look("shutdown hooks", OPENS_LANG, holders::shutdownHooks);
        return new Seen(List.copyOf(holders.found), List.copyOf(holders.hidden));
    }

    private interface Look {
        void run() throws ReflectiveOperationException;
    }

    private void look(String what, String option, Look look) {
        try {
            look.run();
        } catch (ReflectiveOperationException | RuntimeException e) {
            hidden.add(what + " cannot be looked at (" + e + "; start with " + option + ")");
        }
    }

    private void threads() throws ReflectiveOperationException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            Object task = task(thread);
            if (ofLoader(thread) || ofLoader(task)) {
                found.add("thread " + thread.getName() + " that runs "
                        + (task == null ? thread : task).getClass().getName());
            } else if (within(thread.getContextClassLoader())) {
                found.add("thread " + thread.getName() + " by its context class loader");
            }
            threadLocals(thread, "threadLocals");
            threadLocals(thread, "inheritableThreadLocals");
        }
    }

    /** The Runnable of a thread; JDK 19 moved it into a holder. */
    private static @Nullable Object task(Thread thread) throws ReflectiveOperationException {
        try {
            return value(Thread.class, "target", thread);
        } catch (NoSuchFieldException e) {
            Object holder = value(Thread.class, "holder", thread);
            return holder == null ? null : value(holder.getClass(), "task", holder);
        }
    }

    private void threadLocals(Thread thread, String field) throws ReflectiveOperationException {
        Object map = value(Thread.class, field, thread);
        Object table = map == null ? null : value(map.getClass(), "table", map);
        if (table == null) {
            return;
        }
        for (int i = 0; i < Array.getLength(table); i++) {
            if (Array.get(table, i) instanceof java.lang.ref.Reference<?> entry) {
                Object key = entry.get();
                Object held = value(entry.getClass(), "value", entry);
                if (ofLoader(key) || ofLoader(held) || held instanceof ClassLoader other && within(other)) {
                    found.add("thread local of thread " + thread.getName() + ": key "
                            + (key == null ? "(collected)" : key.getClass().getName()) + ", value of type "
                            + (held == null ? "null" : held.getClass().getName()));
                }
            }
        }
    }

    private void drivers() throws ReflectiveOperationException {
        Class<?> manager = Class.forName("java.sql.DriverManager");
        if (value(manager, "registeredDrivers", null) instanceof Collection<?> drivers) {
            for (Object info : drivers) {
                Object driver = value(info.getClass(), "driver", info);
                if (ofLoader(driver)) {
                    found.add("JDBC driver " + driver + " (DriverManager.deregisterDriver was not called)");
                }
            }
        }
    }

    private void shutdownHooks() throws ReflectiveOperationException {
        Class<?> hooks = Class.forName("java.lang.ApplicationShutdownHooks");
        if (value(hooks, "hooks", null) instanceof Map<?, ?> map) {
            for (Object hook : map.keySet()) {
                if (hook instanceof Thread thread
                        && (ofLoader(thread) || ofLoader(task(thread)) || within(thread.getContextClassLoader()))) {
                    found.add("shutdown hook " + thread.getName());
                }
            }
        }
    }

    private boolean ofLoader(@Nullable Object object) {
        return object != null && within(object.getClass().getClassLoader());
    }

    private boolean within(@Nullable ClassLoader candidate) {
        for (ClassLoader next = candidate; next != null; next = next.getParent()) {
            if (next == loader) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object value(Class<?> type, String name, @Nullable Object owner)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
