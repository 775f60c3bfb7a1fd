package dev.sluice.fork.jdk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.shape.WholeShape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.function.Function;

/**
 * Byte and char buffers on the heap. A buffer stays a view of its array: a fork has a view of the fork's array. Of a read-only
 * buffer the array cannot be seen, so it gets one of its own. Memory outside the heap is refused.
 */
final class Buffers implements Function<Object, Verdict> {
    private static final Object[] NOTHING = {};
    private static final Verdict DIRECT = new Verdict.Refused(
            Finding.Kind.FORBIDDEN,
            "a buffer outside the heap",
            "keep a byte array or a heap buffer, or mark the field @Shared");

    private final Shape view;
    private final Shape readOnly;

    Buffers(Class<?> type) {
        this.view = new WholeShape(
                type,
                true,
                56,
                o -> new Object[] {((Buffer) o).array()},
                (o, parts) -> o instanceof ByteBuffer bytes
                        ? view(bytes, (byte[]) parts[0])
                        : view((CharBuffer) o, (char[]) parts[0]));
        this.readOnly = new WholeShape(type, true, 64, o -> NOTHING, (o, parts) -> readOnly((Buffer) o));
    }

    @Override
    public Verdict apply(Object object) {
        Buffer buffer = (Buffer) object;
        if (buffer.isDirect()) {
            return DIRECT;
        }
        return buffer.hasArray() ? view : readOnly;
    }

    private static ByteBuffer view(ByteBuffer buffer, byte[] array) {
        ByteBuffer all =
                ByteBuffer.wrap(array, buffer.arrayOffset(), buffer.capacity()).slice();
        return placed(all, buffer).order(buffer.order());
    }

    private static CharBuffer view(CharBuffer buffer, char[] array) {
        return placed(
                CharBuffer.wrap(array, buffer.arrayOffset(), buffer.capacity()).slice(), buffer);
    }

    private static Buffer readOnly(Buffer buffer) {
        if (buffer instanceof ByteBuffer bytes) {
            ByteBuffer copy =
                    ByteBuffer.allocate(bytes.capacity()).put(bytes.duplicate().clear());
            return placed(copy.asReadOnlyBuffer(), bytes).order(bytes.order());
        }
        CharBuffer chars = (CharBuffer) buffer;
        if (chars.getClass() == CharBuffer.wrap("").getClass()) {
            return chars.duplicate();
        }
        CharBuffer copy =
                CharBuffer.allocate(chars.capacity()).put(chars.duplicate().clear());
        return placed(copy.asReadOnlyBuffer(), chars);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Buffer> T placed(T copy, T buffer) {
        return (T) copy.clear().position(buffer.position()).limit(buffer.limit());
    }
}
