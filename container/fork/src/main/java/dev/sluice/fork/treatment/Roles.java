package dev.sluice.fork.treatment;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.shape.Fields;
import dev.sluice.fork.shape.RoleShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import java.lang.ref.Reference;
import java.nio.channels.Channel;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Types that are refused or shared because of what they are for, whoever implements them. */
final class Roles {
    private static final String OPEN_LATER =
            "open it when a request needs it, or keep what it was opened from (a path, an address) in the template";
    private static final String LIST_INSTEAD =
            "keep a list or another collection, which can be walked again by every fork";
    private static final String PER_REQUEST = "pass it as a parameter; it belongs to one request";

    /** @param foreign whether it holds for implementations of the application too */
    private record Role(Predicate<Class<?>> types, Function<Object, Verdict> verdict, boolean foreign) {
        Role(Predicate<Class<?>> types, Function<Object, Verdict> verdict) {
            this(types, verdict, false);
        }
    }

    private static final List<Role> ROLES = List.of(
            forbidden("an open stream", OPEN_LATER, java.io.InputStream.class, java.io.OutputStream.class),
            forbidden("an open reader or writer", OPEN_LATER, java.io.Reader.class, java.io.Writer.class),
            forbidden("an open file", OPEN_LATER, java.io.RandomAccessFile.class, java.util.zip.ZipFile.class),
            forbidden("a channel or selector", OPEN_LATER, Channel.class, java.nio.channels.Selector.class),
            forbidden("a registration of a selector", OPEN_LATER, java.nio.channels.SelectionKey.class),
            forbidden(
                    "a socket",
                    OPEN_LATER,
                    java.net.Socket.class,
                    java.net.ServerSocket.class,
                    java.net.DatagramSocket.class),
            forbidden("a memory-mapped file", OPEN_LATER, java.nio.MappedByteBuffer.class),
            forbidden(
                    "a file lock or watch", OPEN_LATER, java.nio.channels.FileLock.class, java.nio.file.WatchKey.class),
            forbidden("a watch service", OPEN_LATER, java.nio.file.WatchService.class),
            forbidden(
                    "a thread",
                    "start it in the application's start and share what it works on through a @Shared queue",
                    Thread.class,
                    ThreadGroup.class),
            forbidden(
                    "a thread-local: its values belong to threads, not to requests",
                    "use a field of the template; every request has its own fork",
                    ThreadLocal.class),
            forbidden(
                    "a class loader",
                    "keep the class or the resource that it loads, or mark the field @Shared",
                    ClassLoader.class),
            forbidden(
                    "a process",
                    "start it when a request needs it, or mark the field @Shared",
                    Process.class,
                    ProcessBuilder.class),
            forbidden(
                    "an iterator: it stands at a position and can be used once",
                    LIST_INSTEAD,
                    Iterator.class,
                    java.util.Enumeration.class,
                    java.util.Spliterator.class),
            forbidden("a stream of elements: it can be used once", LIST_INSTEAD, java.util.stream.BaseStream.class),
            forbidden("a scanner: it stands at a position", LIST_INSTEAD, java.util.Scanner.class),
            forbidden(
                    "a matcher: it stands at a position",
                    "keep the Pattern and make a matcher when it is needed",
                    java.util.regex.Matcher.class),
            forbidden(
                    "a reference that the garbage collector clears",
                    "hold the object itself, or mark the field @Shared",
                    Reference.class,
                    java.lang.ref.ReferenceQueue.class),
            named(
                    "an object that belongs to one connection or one request",
                    PER_REQUEST,
                    "java.sql.Connection",
                    "java.sql.Statement",
                    "java.sql.ResultSet",
                    "jakarta.servlet.ServletRequest",
                    "jakarta.servlet.ServletResponse",
                    "jakarta.servlet.AsyncContext",
                    "jakarta.servlet.http.HttpSession",
                    "jakarta.persistence.EntityManager"),
            new Role(assignable(ReentrantLock.class), lock(l -> ((ReentrantLock) l).isLocked())),
            new Role(assignable(ReentrantReadWriteLock.class), lock(Roles::readWriteLocked)),
            new Role(assignable(StampedLock.class), lock(Roles::stampLocked)),
            new Role(assignable(Lock.class), lock(l -> viewLocked((Lock) l))),
            shared("a lock", ReadWriteLock.class, Condition.class),
            shared(
                    "a meeting point of threads",
                    java.util.concurrent.Semaphore.class,
                    java.util.concurrent.CountDownLatch.class,
                    java.util.concurrent.CyclicBarrier.class,
                    java.util.concurrent.Phaser.class,
                    java.util.concurrent.Exchanger.class),
            shared("an executor or timer", Executor.class, java.util.Timer.class),
            shared("the handle of a task", Future.class),
            shared("a queue between threads", BlockingQueue.class, java.util.concurrent.Flow.Publisher.class),
            shared(
                    "a source of randomness for all threads",
                    java.security.SecureRandom.class,
                    java.util.concurrent.ThreadLocalRandom.class),
            shared("a throwable", Throwable.class),
            shared("a logger", System.Logger.class),
            sharedByName("a logger", "java.util.logging.Logger", "org.slf4j.Logger", "org.jboss.logging.Logger"),
            sharedByName("a logger", "org.apache.commons.logging.Log", "org.apache.logging.log4j.Logger"),
            sharedByName("a pool of connections", "javax.sql.CommonDataSource", "jakarta.jms.ConnectionFactory"),
            sharedByName(
                    "a factory of connections", "jakarta.persistence.EntityManagerFactory", "java.net.http.HttpClient"),
            sharedByName("a naming context", "javax.naming.Context"),
            container("jakarta.servlet.ServletContext", "dev.sluice.api.Template"),
            configuration("jakarta.servlet.ServletConfig", "jakarta.servlet.Servlet"),
            configuration("jakarta.servlet.FilterConfig", "jakarta.servlet.Filter"),
            container("dev.sluice.fork.Template", "dev.sluice.fork.Forks"),
            container("dev.sluice.api.Templates"),
            sharedByName("a cryptographic context", "javax.net.ssl.SSLContext", "java.security.KeyStore"),
            sharedByName("a collector of metrics", "io.micrometer.core.instrument.MeterRegistry"),
            sharedByName("a collector of metrics", "io.micrometer.core.instrument.Meter"),
            sharedByName("a collector of metrics", "io.prometheus.metrics.model.registry.Collector"),
            immutable(
                    java.nio.charset.Charset.class,
                    java.nio.file.Path.class,
                    java.nio.file.FileSystem.class,
                    java.security.Key.class,
                    java.security.cert.Certificate.class,
                    java.security.Provider.class,
                    java.util.ResourceBundle.class,
                    java.net.InetAddress.class,
                    java.net.NetworkInterface.class,
                    java.lang.invoke.MethodHandle.class,
                    java.lang.invoke.VarHandle.class,
                    java.lang.reflect.AnnotatedElement.class,
                    java.lang.annotation.Annotation.class));

    private Roles() {}

    /**
     * The verdict on objects of this class, or null when it plays none of these roles. What is shared by its role is the JDK's and that
     * of known libraries; an application's implementation is looked at like any other object.
     */
    static @Nullable Function<Object, Verdict> of(Class<?> type) {
        boolean known = ClassOrigin.inJdk(type) || KnownLibraries.has(type);
        for (Role role : ROLES) {
            if (role.types.test(type)) {
                return known || role.foreign ? role.verdict : application(type, role);
            }
        }
        return null;
    }

    private static @Nullable Function<Object, Verdict> application(Class<?> type, Role role) {
        if (java.lang.reflect.Proxy.isProxyClass(type)) {
            // Containers and libraries hand out data sources and the like, and the JDK annotations, as proxies.
            boolean handedOut =
                    role.types instanceof TypeNames || java.lang.annotation.Annotation.class.isAssignableFrom(type);
            return handedOut ? role.verdict : null;
        }
        Class<?> above = ClassOrigin.nearestInJdk(type);
        if (above == null || above == Object.class || !role.types.test(above)) {
            return null;
        }
        Shape shape = RoleShape.extending(type, above, Fields.of(type, above));
        return object -> role.verdict.apply(object) instanceof Verdict.Refused refused ? refused : shape;
    }

    private static Predicate<Class<?>> assignable(Class<?>... types) {
        return candidate -> {
            for (Class<?> type : types) {
                if (type.isAssignableFrom(candidate)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Role forbidden(String problem, String advice, Class<?>... types) {
        return new Role(assignable(types), refuse(problem, advice), true);
    }

    private static Role named(String problem, String advice, String... names) {
        return new Role(new TypeNames(Set.of(names)), refuse(problem, advice), true);
    }

    private static Function<Object, Verdict> refuse(String problem, String advice) {
        Verdict verdict = new Verdict.Refused(Finding.Kind.FORBIDDEN, problem, advice);
        return object -> verdict;
    }

    private static Role shared(String reason, Class<?>... types) {
        Verdict verdict = new Verdict.Shared(reason);
        return new Role(assignable(types), object -> verdict);
    }

    private static Role container(String... names) {
        Verdict verdict = new Verdict.Shared("an object of the container");
        return new Role(new TypeNames(Set.of(names)), object -> verdict, true);
    }

    private static Role sharedByName(String reason, String... names) {
        Verdict verdict = new Verdict.Shared(reason);
        return new Role(new TypeNames(Set.of(names)), object -> verdict);
    }

    /** GenericServlet and GenericFilter, the application's own objects, implement the interface of their configuration. */
    private static Role configuration(String name, String component) {
        Verdict verdict = new Verdict.Shared("an object of the container");
        Predicate<Class<?>> components = new TypeNames(Set.of(component));
        return new Role(new TypeNames(Set.of(name)).and(components.negate()), object -> verdict, true);
    }

    private static Role immutable(Class<?>... types) {
        return new Role(assignable(types), object -> Verdict.IMMUTABLE);
    }

    private static Function<Object, Verdict> lock(Predicate<Object> held) {
        Verdict shared = new Verdict.Shared("a lock");
        Verdict refused = new Verdict.Refused(
                Finding.Kind.HELD_LOCK,
                "a lock that is held while the template is published",
                "release it before publishing");
        return object -> held.test(object) ? refused : shared;
    }

    private static boolean readWriteLocked(Object object) {
        ReentrantReadWriteLock lock = (ReentrantReadWriteLock) object;
        return lock.isWriteLocked() || lock.getReadLockCount() > 0;
    }

    private static boolean stampLocked(Object object) {
        StampedLock lock = (StampedLock) object;
        return lock.isReadLocked() || lock.isWriteLocked();
    }

    /** The lock of a read-write or stamped lock that is seen alone. */
    private static boolean viewLocked(Lock lock) {
        if (!lock.tryLock()) {
            return true;
        }
        lock.unlock();
        if (lock instanceof ReentrantReadWriteLock.WriteLock write) {
            return write.isHeldByCurrentThread();
        }
        return lock instanceof ReentrantReadWriteLock.ReadLock
                && !lock.toString().endsWith("[Read locks = 0]");
    }
}
