package dev.sluice.fork;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import javax.tools.ToolProvider;

/** An application's implementations of interfaces whose implementations in the JDK are shared or refused. */
final class PromisedRoles {
    private PromisedRoles() {}

    static List<Object> subclasses() {
        return List.of(new HashMap<>() {}, new ArrayList<>() {}, new TreeSet<>() {});
    }

    static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(
                PromisedRoles.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }

    static Lock lock(List<String> log) {
        return new Lock() {
            @Override
            public void lock() {
                log.add("locked");
            }

            @Override
            public void lockInterruptibly() {}

            @Override
            public boolean tryLock() {
                return true;
            }

            @Override
            public boolean tryLock(long time, TimeUnit unit) {
                return true;
            }

            @Override
            public void unlock() {}

            @Override
            public Condition newCondition() {
                throw new UnsupportedOperationException();
            }
        };
    }

    static Future<List<String>> future(List<String> result) {
        return new Future<>() {
            @Override
            public boolean cancel(boolean interrupt) {
                return false;
            }

            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public boolean isDone() {
                return true;
            }

            @Override
            public List<String> get() {
                return result;
            }

            @Override
            public List<String> get(long timeout, TimeUnit unit) {
                return result;
            }
        };
    }

    static Key key(List<String> asked) {
        return new Key() {
            @Override
            public String getAlgorithm() {
                asked.add("algorithm");
                return "none";
            }

            @Override
            public String getFormat() {
                return "RAW";
            }

            @Override
            public byte[] getEncoded() {
                return new byte[0];
            }
        };
    }

    static Flow.Publisher<String> publisher(List<String> items) {
        return subscriber -> items.forEach(subscriber::onNext);
    }

    /** A map of its own, with a key hashed by identity. */
    static Object identityMap() {
        return new AbstractMap<Object, Object>() {
            private final Object[] keys = {new PromisedObjects.Open()};

            @Override
            public Set<Entry<Object, Object>> entrySet() {
                Map<Object, Object> all = new HashMap<>();
                all.put(keys[0], "v");
                return all.entrySet();
            }
        };
    }

    /** The API of servlets is not known here: interfaces of its names will do. */
    static List<Object> servletObjects() throws Exception {
        List<Object> all = new ArrayList<>();
        Path directory = Files.createTempDirectory("sluice-promised-");
        for (String name : List.of("ServletRequest", "ServletResponse", "http.HttpSession")) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            String inside = "jakarta.servlet" + (name.contains(".") ? ".http" : "");
            Path file = Files.writeString(
                    directory.resolve(simple + ".java"),
                    "package " + inside + "; public interface " + simple + " { static Object make() { return new "
                            + simple + "() { int n; }; } }");
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-d", directory.toString(), file.toString());
            if (status != 0) {
                throw new IllegalStateException(file + " was not compiled");
            }
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
                all.add(loader.loadClass(inside + "." + simple)
                        .getMethod("make")
                        .invoke(null));
            }
        }
        try (var files = Files.walk(directory)) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        return all;
    }
}
