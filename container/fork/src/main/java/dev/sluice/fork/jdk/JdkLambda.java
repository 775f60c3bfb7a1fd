package dev.sluice.fork.jdk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.shape.WholeShape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;

/**
 * Lambdas made inside the JDK, such as those of {@code Comparator.comparing}: what they captured is read from their
 * serialized form, and they are made anew by deserialization with other captured values. Slow, and rarely needed: only
 * when what such a lambda captured is mutable.
 */
public final class JdkLambda {
    private static final Verdict UNREADABLE = new Verdict.Refused(
            Finding.Kind.INACCESSIBLE,
            "a lambda made inside the JDK whose captured values cannot be read",
            "start with --add-opens java.base/java.util.function=ALL-UNNAMED as bin/sluice does, write it as a lambda of your"
                    + " own, or mark the field @Shared if what it captures never changes");

    private JdkLambda() {}

    /** Stands for a captured value in the serialized form. */
    private record Place(int index) implements Serializable {}

    public static Verdict verdict(Object lambda) {
        SerializedLambda form = lambda instanceof Serializable ? Peek.lambda(lambda) : null;
        if (form == null) {
            return UNREADABLE;
        }
        return new WholeShape(
                lambda.getClass(), false, 16, JdkLambda::captured, (pristine, parts) -> rebuild(form, parts));
    }

    /** The lambda that has this form, with the very values that it captured. */
    static Object original(SerializedLambda form) {
        return rebuild(form, captured(form));
    }

    private static Object[] captured(Object lambda) {
        return captured(java.util.Objects.requireNonNull(Peek.lambda(lambda)));
    }

    private static Object[] captured(SerializedLambda form) {
        Object[] all = new Object[form.getCapturedArgCount()];
        for (int i = 0; i < all.length; i++) {
            all[i] = form.getCapturedArg(i);
        }
        return all;
    }

    private static Object rebuild(SerializedLambda form, Object[] parts) {
        Object[] places = new Object[parts.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = new Place(i);
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(withCaptured(form, places));
            }
            try (ObjectInputStream in = new Filler(new ByteArrayInputStream(bytes.toByteArray()), parts)) {
                return in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("cannot rebuild a lambda of " + form.getCapturingClass(), e);
        }
    }

    private static SerializedLambda withCaptured(SerializedLambda form, Object[] captured)
            throws ClassNotFoundException {
        Class<?> capturing = capturing(form);
        return new SerializedLambda(
                capturing,
                form.getFunctionalInterfaceClass(),
                form.getFunctionalInterfaceMethodName(),
                form.getFunctionalInterfaceMethodSignature(),
                form.getImplMethodKind(),
                form.getImplClass(),
                form.getImplMethodName(),
                form.getImplMethodSignature(),
                form.getInstantiatedMethodType(),
                captured);
    }

    /** A class of the JDK, or of the application that publishes. */
    private static Class<?> capturing(SerializedLambda form) throws ClassNotFoundException {
        String name = form.getCapturingClass().replace('/', '.');
        return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    }

    private static final class Filler extends ObjectInputStream {
        private final Object[] parts;

        Filler(InputStream in, Object[] parts) throws IOException {
            super(in);
            this.parts = parts;
            enableResolveObject(true);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            if (described.getName().equals(Place.class.getName())) {
                return Place.class;
            }
            return Class.forName(
                    described.getName(), false, Thread.currentThread().getContextClassLoader());
        }

        @Override
        protected Object resolveObject(Object read) {
            return read instanceof Place place ? parts[place.index()] : read;
        }
    }
}
