package dev.sluice.deploy.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.util.Collections;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What an application has registered with the JVM is taken away with it, and nothing else is. */
class JvmHooksTest {
    private final Copies application = new Copies();

    /** A driver that registers itself, as all do. */
    public static final class OwnDriver implements Driver, Runnable {
        @Override
        public void run() {
            try {
                DriverManager.registerDriver(this);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    /** A handler that adds itself. */
    public static final class OwnHandler extends Handler implements Runnable {
        @Override
        public void run() {
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Takes what nobody catches. */
    public static final class OwnUncaught implements Thread.UncaughtExceptionHandler, Runnable {
        @Override
        public void run() {
            Thread.setDefaultUncaughtExceptionHandler(this);
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {}
    }

    private void run(Class<?> type) throws Exception {
        ((Runnable) application.loadClass(type.getName()).getConstructor().newInstance()).run();
    }

    @Test
    void driversAreDeregistered() throws Exception {
        OwnDriver ours = new OwnDriver();
        ours.run();
        try {
            run(OwnDriver.class);

            assertThat(JvmHooks.clean(application)).containsExactly("the JDBC driver " + OwnDriver.class.getName());

            assertThat(JvmHooks.clean(application)).isEmpty();
            assertThat(Collections.list(DriverManager.getDrivers())).contains(ours);
        } finally {
            DriverManager.deregisterDriver(ours);
        }
    }

    @Test
    void logHandlersAreRemoved() throws Exception {
        int before = Logger.getLogger("").getHandlers().length;
        run(OwnHandler.class);

        assertThat(JvmHooks.clean(application)).singleElement().asString().contains(OwnHandler.class.getName());

        assertThat(Logger.getLogger("").getHandlers()).hasSize(before);
    }

    @Test
    void theDefaultHandlerOfUncaughtExceptionsIsRemoved() throws Exception {
        run(OwnUncaught.class);

        assertThat(JvmHooks.clean(application)).singleElement().asString().contains(OwnUncaught.class.getName());

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }

    /** Has its own copies of the classes above. */
    private static final class Copies extends ClassLoader {
        Copies() {
            super(JvmHooksTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(JvmHooksTest.class.getName() + "$")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
