package dev.sluice.deploy.leak;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What applications register with the JVM as a whole and forget: JDBC drivers, handlers of java.util.logging, the default handler of
 * uncaught exceptions; and what the JDK caches for them: bean descriptions and resource bundles. Any of it would keep the application's
 * class loader.
 */
public final class JvmHooks {
    private static final System.Logger LOG = System.getLogger(JvmHooks.class.getName());

    private final ClassLoader loader;
    private final List<String> removed = new ArrayList<>();

    private JvmHooks(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Takes away what classes of this loader, or of loaders below it, have left behind.
     *
     * @return what was still registered, in words
     */
    public static List<String> clean(ClassLoader loader) {
        JvmHooks hooks = new JvmHooks(loader);
        hooks.attempt("JDBC drivers", hooks::drivers);
        hooks.attempt("log handlers", hooks::logHandlers);
        hooks.attempt("uncaught exceptions", hooks::uncaughtExceptions);
        hooks.attempt("resource bundles", () -> ResourceBundle.clearCache(loader));
        hooks.attempt("bean descriptions", JvmHooks::beanDescriptions);
        return List.copyOf(hooks.removed);
    }

    private interface Attempt {
        void run() throws Throwable;
    }

    /** A part that this JVM does not have or does not show is left as it is: the leak watch tells what it keeps. */
    private void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot clean " + what + " of " + loader, e);
        }
    }

    private void drivers() throws Throwable {
        Class<?> manager = Class.forName("java.sql.DriverManager");
        Field field = manager.getDeclaredField("registeredDrivers");
        field.setAccessible(true);
        if (!(field.get(null) instanceof Collection<?> registered)) {
            return;
        }
        for (Object info : List.copyOf(registered)) {
            Field driverField = info.getClass().getDeclaredField("driver");
            driverField.setAccessible(true);
            Object driver = driverField.get(info);
            if (driver != null && within(driver.getClass().getClassLoader())) {
                // DriverManager.deregisterDriver would ask for a caller that sees the driver, and nobody here does.
                registered.remove(info);
                removed.add("the JDBC driver " + driver.getClass().getName());
            }
        }
    }

    private void logHandlers() {
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger == null) {
                continue;
            }
            for (Handler handler : logger.getHandlers()) {
                if (within(handler.getClass().getClassLoader())) {
                    logger.removeHandler(handler);
                    removed.add("the log handler " + handler.getClass().getName() + " of the logger \"" + name + "\"");
                }
            }
            if (logger.getFilter() != null
                    && within(logger.getFilter().getClass().getClassLoader())) {
                logger.setFilter(null);
                removed.add("the log filter of the logger \"" + name + "\"");
            }
        }
    }

    private void uncaughtExceptions() {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null && within(handler.getClass().getClassLoader())) {
            Thread.setDefaultUncaughtExceptionHandler(null);
            removed.add("the default handler of uncaught exceptions "
                    + handler.getClass().getName() + " was not removed");
        }
    }

    /** The cache is one for each thread group: that of platform threads, and that of virtual threads where there are some. */
    private static void beanDescriptions() throws Throwable {
        Class<?> introspector = Class.forName("java.beans.Introspector");
        Runnable flush = () -> {
            try {
                introspector.getMethod("flushCaches").invoke(null);
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.DEBUG, "cannot flush the bean descriptions", e);
            }
        };
        flush.run();
        if (Runtime.version().feature() >= 21) {
            Thread virtual = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, flush);
            virtual.join();
        }
    }

    private boolean within(@Nullable ClassLoader candidate) {
        for (ClassLoader next = candidate; next != null; next = next.getParent()) {
            if (next == loader) {
                return true;
            }
        }
        return false;
    }
}
