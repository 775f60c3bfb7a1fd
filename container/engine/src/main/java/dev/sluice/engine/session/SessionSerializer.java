package dev.sluice.engine.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the attributes of a session into bytes and back. Reading is bounded in depth, references and array sizes, and
 * allows classes of the application, values of the JDK, the container's own notes, and what is configured; all other
 * classes are refused before an instance exists. An attribute that cannot be written is left out with a warning.
 */
final class SessionSerializer {
    private static final System.Logger LOG = System.getLogger("dev.sluice.session");
    private static final ObjectInputFilter BUILT_IN =
            ObjectInputFilter.Config.createFilter("maxdepth=200;maxrefs=1000000;maxarray=16777216;maxbytes=67108864;"
                    + "java.lang.Object;java.lang.String;java.lang.Boolean;java.lang.Character;java.lang.Number;"
                    + "java.lang.Byte;java.lang.Short;java.lang.Integer;java.lang.Long;java.lang.Float;"
                    + "java.lang.Double;java.lang.Enum;java.lang.Throwable;java.lang.*Exception;"
                    + "java.lang.StackTraceElement;java.lang.reflect.Proxy;java.io.File;java.math.*;java.net.URI;"
                    + "java.net.Inet*;java.security.cert.Cert*;java.sql.Date;java.sql.Time;java.sql.Timestamp;"
                    + "java.text.*;java.time.**;java.util.*;java.util.concurrent.*;java.util.concurrent.atomic.*;"
                    + "java.util.concurrent.locks.*;java.util.regex.Pattern;"
                    + "javax.security.auth.x500.X500Principal;dev.sluice.engine.security.*");

    private final ClassLoader loader;
    private final @Nullable ObjectInputFilter configured;
    private @Nullable Class<?> refused;

    SessionSerializer(ClassLoader loader, @Nullable String patterns) {
        this.loader = loader;
        this.configured = patterns == null ? null : ObjectInputFilter.Config.createFilter(patterns);
    }

    StoredSession write(Session session) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(writable(session.attributes(), session));
            out.writeObject(writable(session.notes(), session));
        }
        return new StoredSession(
                session.getId(),
                session.created(),
                session.lastAccess(),
                session.getMaxInactiveInterval(),
                bytes.toByteArray());
    }

    /** What can be written at all; all of it then goes out as one graph, so that shared objects stay shared. */
    private static LinkedHashMap<String, Object> writable(Map<String, Object> values, Session session) {
        LinkedHashMap<String, Object> writable = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            try (ObjectOutputStream probe = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                probe.writeObject(value);
                writable.put(name, value);
            } catch (IOException | RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "attribute " + name + " of " + session + ", a "
                                + value.getClass().getName()
                                + ", is not stored and will be missing (expected: Serializable): " + e);
            }
        });
        return writable;
    }

    Session read(StoredSession stored, Sessions owner) throws IOException, ClassNotFoundException {
        Session session = new Session(
                owner, stored.id(), stored.created(), stored.lastAccess(), stored.maxInactiveSeconds(), false);
        try (ObjectInputStream in = new ApplicationInput(new ByteArrayInputStream(stored.content()))) {
            restore(in.readObject(), session.attributes());
            restore(in.readObject(), session.notes());
        } catch (InvalidClassException e) {
            Class<?> type = refused;
            throw type == null ? e : refusal(type, e);
        }
        return session;
    }

    private static InvalidClassException refusal(Class<?> type, InvalidClassException cause) {
        InvalidClassException clear = new InvalidClassException(
                type.getName(),
                "is no class that stored sessions may have (expected: one of the application or a value of the JDK;"
                        + " sessions.serial-filter allows others)");
        clear.initCause(cause);
        return clear;
    }

    private static void restore(Object values, Map<String, Object> into) {
        ((Map<?, ?>) values).forEach((name, value) -> into.put((String) name, value));
    }

    private Status check(ObjectInputFilter.FilterInfo info) {
        Status status = status(info);
        if (status == Status.REJECTED) {
            refused = info.serialClass();
        }
        return status;
    }

    private Status status(ObjectInputFilter.FilterInfo info) {
        if (configured != null && configured.checkInput(info) != Status.UNDECIDED) {
            return configured.checkInput(info);
        }
        Class<?> type = info.serialClass();
        while (type != null && type.isArray()) {
            type = type.getComponentType();
        }
        Status builtIn = BUILT_IN.checkInput(info);
        if (builtIn != Status.UNDECIDED) {
            return builtIn;
        }
        return type == null || type.isPrimitive() || ofApplication(type) ? Status.ALLOWED : Status.REJECTED;
    }

    private boolean ofApplication(Class<?> type) {
        return type.getClassLoader() == loader;
    }

    /** Resolves classes as the application does. */
    private final class ApplicationInput extends ObjectInputStream {
        ApplicationInput(InputStream in) throws IOException {
            super(in);
            setObjectInputFilter(SessionSerializer.this::check);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
