package dev.sluice.fork;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.function.Function;

/** Byte and char buffers on the heap; memory outside the heap is refused. */
final class Buffers implements Function<Object, Verdict> {
    private static final Verdict DIRECT = new Verdict.Refused(
            Finding.Kind.FORBIDDEN,
            "a buffer outside the heap",
            "keep a byte array or a heap buffer, or mark the field @Shared");

    private final Shape shape;

    Buffers(Class<?> type) {
        this.shape = new LeafShape(
                type,
                o -> 64L + ((Buffer) o).capacity(),
                o -> o instanceof ByteBuffer bytes ? copy(bytes) : copy((CharBuffer) o));
    }

    @Override
    public Verdict apply(Object buffer) {
        return ((Buffer) buffer).isDirect() ? DIRECT : shape;
    }

    private static ByteBuffer copy(ByteBuffer buffer) {
        ByteBuffer all = buffer.duplicate().clear();
        ByteBuffer copy = ByteBuffer.allocate(buffer.capacity()).put(all);
        ByteBuffer result = (buffer.isReadOnly() ? copy.asReadOnlyBuffer() : copy).order(buffer.order());
        return result.clear().position(buffer.position()).limit(buffer.limit());
    }

    private static CharBuffer copy(CharBuffer buffer) {
        CharBuffer all = buffer.duplicate().clear();
        CharBuffer copy = CharBuffer.allocate(buffer.capacity()).put(all);
        CharBuffer result = buffer.isReadOnly() ? copy.asReadOnlyBuffer() : copy;
        return result.clear().position(buffer.position()).limit(buffer.limit());
    }
}
