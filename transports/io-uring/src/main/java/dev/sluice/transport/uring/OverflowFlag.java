package dev.sluice.transport.uring;

import io.netty.channel.IoHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;

/**
 * Whether the kernel keeps completions aside because the completion queue is full: the flag IORING_SQ_CQ_OVERFLOW in the memory that it
 * shares with Netty's ring, which Netty looks at and does not show; see io_uring_setup(2). Asked only while completions are handled, so
 * that the memory is there.
 */
final class OverflowFlag implements BooleanSupplier {
    private static final System.Logger LOG = System.getLogger(OverflowFlag.class.getName());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int CQ_OVERFLOW = 1 << 1;

    private final ByteBuffer flags;

    private OverflowFlag(ByteBuffer flags) {
        this.flags = flags;
    }

    /** The flag of this handler's ring; never set if it is not Netty's or was built otherwise. */
    static BooleanSupplier of(IoHandler handler) {
        try {
            Object ring = field(handler, "ringBuffer");
            return new OverflowFlag((ByteBuffer) field(field(ring, "ioUringSubmissionQueue"), "kflags"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "overflows of completion queues are not counted", e);
            return () -> false;
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    @Override
    public boolean getAsBoolean() {
        return ((int) INT.getOpaque(flags, 0) & CQ_OVERFLOW) != 0;
    }
}
