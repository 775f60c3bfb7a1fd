package dev.sluice.fork.jdk;

import dev.sluice.fork.shape.CellShape;
import dev.sluice.fork.shape.Fields;
import dev.sluice.fork.shape.LeafShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.shape.WholeShape;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values and small mutable holders of the JDK. */
public final class JdkValues {
    private static final Set<Class<?>> IMMUTABLE = Set.of(
            Object.class,
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Class.class,
            Module.class,
            Package.class,
            Runtime.class,
            StackTraceElement.class,
            java.io.File.class,
            java.math.BigInteger.class,
            java.math.BigDecimal.class,
            java.math.MathContext.class,
            java.net.URI.class,
            java.net.URL.class,
            java.net.InetSocketAddress.class,
            java.util.UUID.class,
            java.util.Locale.class,
            java.util.Currency.class,
            java.lang.invoke.MethodType.class,
            java.security.KeyPair.class,
            java.util.HexFormat.class,
            java.util.OptionalInt.class,
            java.util.OptionalLong.class,
            java.util.OptionalDouble.class,
            java.util.Base64.Encoder.class,
            java.util.Base64.Decoder.class,
            java.util.regex.Pattern.class,
            java.nio.file.attribute.FileTime.class,
            String.CASE_INSENSITIVE_ORDER.getClass());

    private JdkValues() {}

    static void register(BiConsumer<Class<?>, Function<Object, Verdict>> registry) {
        IMMUTABLE.forEach(type -> registry.accept(type, o -> Verdict.IMMUTABLE));
        leaf(
                registry,
                StringBuilder.class,
                o -> 40L + ((StringBuilder) o).length(),
                o -> new StringBuilder((StringBuilder) o));
        leaf(
                registry,
                StringBuffer.class,
                o -> 40L + ((StringBuffer) o).length(),
                o -> new StringBuffer((StringBuffer) o));
        leaf(registry, BitSet.class, o -> 40L + ((BitSet) o).size() / 8, o -> ((BitSet) o).clone());
        leaf(registry, AtomicInteger.class, o -> 16, o -> new AtomicInteger(((AtomicInteger) o).get()));
        leaf(registry, AtomicLong.class, o -> 24, o -> new AtomicLong(((AtomicLong) o).get()));
        leaf(registry, AtomicBoolean.class, o -> 16, o -> new AtomicBoolean(((AtomicBoolean) o).get()));
        leaf(registry, AtomicIntegerArray.class, o -> 32L + 4L * ((AtomicIntegerArray) o).length(), JdkValues::ints);
        leaf(registry, AtomicLongArray.class, o -> 32L + 8L * ((AtomicLongArray) o).length(), JdkValues::longs);
        leaf(registry, LongAdder.class, o -> 32, JdkValues::longAdder);
        leaf(registry, DoubleAdder.class, o -> 32, JdkValues::doubleAdder);
        leaf(registry, java.util.IntSummaryStatistics.class, o -> 40, JdkValues::intStatistics);
        leaf(registry, java.util.LongSummaryStatistics.class, o -> 48, JdkValues::longStatistics);
        for (Object set : new Object[] {java.util.EnumSet.noneOf(Thread.State.class), JumboEnum.EMPTY}) {
            leaf(registry, set.getClass(), o -> 48, o -> ((java.util.EnumSet<?>) o).clone());
        }
        registry.accept(java.util.Random.class, new RandomShape.Chooser());
        references(registry);
    }

    private static void leaf(
            BiConsumer<Class<?>, Function<Object, Verdict>> registry,
            Class<?> type,
            ToLongFunction<Object> bytes,
            UnaryOperator<Object> copier) {
        Shape shape = new LeafShape(type, bytes, copier);
        registry.accept(type, o -> shape);
    }

    private static void references(BiConsumer<Class<?>, Function<Object, Verdict>> registry) {
        Shape optional = new WholeShape(
                Optional.class,
                false,
                16,
                o -> ((Optional<?>) o).map(v -> new Object[] {v}).orElse(new Object[0]),
                (pristine, parts) -> parts.length == 0 ? pristine : Optional.of(parts[0]));
        registry.accept(Optional.class, o -> optional);
        cell(
                registry,
                AtomicReference.class,
                o -> new Object[] {((AtomicReference<?>) o).get()},
                o -> new AtomicReference<>(),
                (o, parts) -> JdkValues.<AtomicReference<Object>>as(o).set(parts[0]));
        cell(
                registry,
                AtomicMarkableReference.class,
                o -> new Object[] {((AtomicMarkableReference<?>) o).getReference()},
                o -> new AtomicMarkableReference<>(null, ((AtomicMarkableReference<?>) o).isMarked()),
                (o, parts) -> {
                    AtomicMarkableReference<Object> target = as(o);
                    target.set(parts[0], target.isMarked());
                });
        cell(
                registry,
                AtomicStampedReference.class,
                o -> new Object[] {((AtomicStampedReference<?>) o).getReference()},
                o -> new AtomicStampedReference<>(null, ((AtomicStampedReference<?>) o).getStamp()),
                (o, parts) -> {
                    AtomicStampedReference<Object> target = as(o);
                    target.set(parts[0], target.getStamp());
                });
        cell(
                registry,
                AtomicReferenceArray.class,
                JdkValues::elements,
                o -> new AtomicReferenceArray<>(((AtomicReferenceArray<?>) o).length()),
                (o, parts) -> {
                    for (int i = 0; i < parts.length; i++) {
                        JdkValues.<AtomicReferenceArray<Object>>as(o).set(i, parts[i]);
                    }
                });
    }

    private static void cell(
            BiConsumer<Class<?>, Function<Object, Verdict>> registry,
            Class<?> type,
            Function<Object, Object[]> parts,
            Function<Object, Object> empty,
            BiConsumer<Object, Object[]> filler) {
        Shape shape = new CellShape(type, parts, empty, filler);
        registry.accept(type, o -> shape);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T as(Object object) {
        return (T) object;
    }

    private static Object[] elements(Object object) {
        AtomicReferenceArray<?> array = (AtomicReferenceArray<?>) object;
        Object[] parts = new Object[array.length()];
        Arrays.setAll(parts, array::get);
        return parts;
    }

    private static Object ints(Object object) {
        AtomicIntegerArray array = (AtomicIntegerArray) object;
        int[] copy = new int[array.length()];
        Arrays.setAll(copy, array::get);
        return new AtomicIntegerArray(copy);
    }

    private static Object longs(Object object) {
        AtomicLongArray array = (AtomicLongArray) object;
        long[] copy = new long[array.length()];
        Arrays.setAll(copy, array::get);
        return new AtomicLongArray(copy);
    }

    private static Object longAdder(Object object) {
        LongAdder copy = new LongAdder();
        copy.add(((LongAdder) object).sum());
        return copy;
    }

    private static Object doubleAdder(Object object) {
        DoubleAdder copy = new DoubleAdder();
        copy.add(((DoubleAdder) object).sum());
        return copy;
    }

    private static Object intStatistics(Object object) {
        java.util.IntSummaryStatistics s = (java.util.IntSummaryStatistics) object;
        return new java.util.IntSummaryStatistics(s.getCount(), s.getMin(), s.getMax(), s.getSum());
    }

    private static Object longStatistics(Object object) {
        java.util.LongSummaryStatistics s = (java.util.LongSummaryStatistics) object;
        return new java.util.LongSummaryStatistics(s.getCount(), s.getMin(), s.getMax(), s.getSum());
    }

    public static Function<Object, Verdict> primitiveArray(Class<?> type) {
        int width = Fields.width(type.getComponentType());
        Shape shape = new LeafShape(
                type, o -> 16L + (long) width * java.lang.reflect.Array.getLength(o), JdkValues::cloneArray);
        return o -> java.lang.reflect.Array.getLength(o) == 0 ? Verdict.IMMUTABLE : shape;
    }

    private static Object cloneArray(Object array) {
        if (array instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (array instanceof int[] ints) {
            return ints.clone();
        }
        if (array instanceof long[] longs) {
            return longs.clone();
        }
        if (array instanceof double[] doubles) {
            return doubles.clone();
        }
        if (array instanceof char[] chars) {
            return chars.clone();
        }
        if (array instanceof float[] floats) {
            return floats.clone();
        }
        return array instanceof short[] shorts ? shorts.clone() : ((boolean[]) array).clone();
    }

    /** Classes of the JDK that are known by their superclass or package, or by having nothing that could change. */
    static @Nullable Function<Object, Verdict> byFamily(Class<?> type) {
        UnaryOperator<Object> clone = Cloneables.of(type);
        if (clone != null) {
            Shape shape = new LeafShape(type, o -> 64, clone);
            return o -> shape;
        }
        if (ByteBuffer.class.isAssignableFrom(type) || CharBuffer.class.isAssignableFrom(type)) {
            return new Buffers(type);
        }
        if (type.getPackageName().startsWith("java.time")
                && !type.getSimpleName().endsWith("Builder")) {
            return o -> Verdict.IMMUTABLE;
        }
        if (type.getName().equals("java.util.logging.Level")) {
            return o -> Verdict.IMMUTABLE;
        }
        return Views.of(type);
    }

    /** No instance field, or only final ones of types that cannot change. */
    public static boolean unchangeable(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !(Modifier.isFinal(field.getModifiers()) && valueType(field.getType()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean valueType(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || type != Object.class && IMMUTABLE.contains(type);
    }

    /** An enum with more constants than fit a long gives the other implementation of {@link java.util.EnumSet}. */
    private static final class JumboEnum {
        static final java.util.EnumSet<?> EMPTY = java.util.EnumSet.noneOf(Character.UnicodeScript.class);
    }
}
