package dev.sluice.fork.jdk;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Function;

/**
 * {@link Random} without access to its fields: the seed stands at a known place of the serialized form (Serialized Form,
 * java.util.Random: haveNextNextGaussian, nextNextGaussian, seed, end of data), and a new generator can be started
 * from it.
 */
public final class RandomShape extends Shape {
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final int TAIL = 1 + Double.BYTES + Long.BYTES + 1;
    private static final Object[] NOTHING = {};

    private final byte[] serialized;
    private final boolean gaussianKept;
    private final long scrambled;

    private RandomShape(Random random) {
        super(Random.class);
        this.serialized = serialize(random);
        ByteBuffer tail = ByteBuffer.wrap(serialized, serialized.length - TAIL, TAIL);
        this.gaussianKept = tail.get() != 0;
        tail.getDouble();
        this.scrambled = tail.getLong() ^ MULTIPLIER;
    }

    /** Each generator has a shape of its own, as its state is in the shape. */
    static final class Chooser implements Function<Object, Verdict> {
        @Override
        public Verdict apply(Object random) {
            return new RandomShape((Random) random);
        }
    }

    private static byte[] serialize(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(random);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the state of a java.util.Random", e);
        }
        return bytes.toByteArray();
    }

    /** A pending second Gaussian can only be restored by deserialization, which is slow but rare. */
    private Object copy() {
        if (!gaussianKept) {
            return new Random(scrambled);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("cannot copy a java.util.Random", e);
        }
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public Object[] parts(Object object) {
        return NOTHING;
    }

    @Override
    public String label(Object[] parts, int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public long size(Object object, Object[] parts) {
        return 56;
    }

    @Override
    public boolean allocatable() {
        return false;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        return copy();
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        // All of its state was there when it was made.
    }
}
