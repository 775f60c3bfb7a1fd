package dev.sluice.transport.uring;

import io.netty.channel.IoHandler;
import java.lang.reflect.Field;

/**
 * Makes a ring usable by one thread after the other, as long as only one uses it at a time. Two things tie a ring to its first thread: the
 * flags for a single issuer, which Netty lets us leave away, and the registration of the ring's descriptor, which is known to the thread
 * that made it only ({@code IORING_REGISTER_RING_FDS}, see io_uring_register(2)), and which Netty does not let us leave away.
 */
final class SharedRing {
    /** Whether this Netty is built as we know it. */
    static final boolean POSSIBLE = possible();

    private static final String REGISTERED = "IORING_ENTER_REGISTERED_RING";

    private SharedRing() {}

    private static boolean possible() {
        try {
            Class<?> queue = Class.forName("io.netty.channel.uring.SubmissionQueue");
            accessible(queue, "ringFd");
            accessible(queue, "enterRingFd");
            accessible(queue, "enterFlags");
            accessible(Class.forName("io.netty.channel.uring.IoUringIoHandler"), "ringBuffer");
            accessible(Class.forName("io.netty.channel.uring.RingBuffer"), "ioUringSubmissionQueue");
            accessible(Class.forName("io.netty.channel.uring.Native"), REGISTERED);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(SharedRing.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "no thread stands in for a loop that is held: this version of Netty keeps its rings in another way",
                            e);
            return false;
        }
    }

    /** From now on system calls name the ring by its own descriptor. After the ring was enabled, on the thread that did so. */
    static void share(IoHandler handler) {
        try {
            Object ring = accessible(handler.getClass(), "ringBuffer").get(handler);
            Object queue = accessible(ring.getClass(), "ioUringSubmissionQueue").get(ring);
            Field flags = accessible(queue.getClass(), "enterFlags");
            int registered = accessible(Class.forName("io.netty.channel.uring.Native"), REGISTERED)
                    .getInt(null);
            flags.setInt(queue, flags.getInt(queue) & ~registered);
            accessible(queue.getClass(), "enterRingFd")
                    .setInt(queue, accessible(queue.getClass(), "ringFd").getInt(queue));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a ring that was found to be as expected is not", e);
        }
    }

    private static Field accessible(Class<?> of, String name) throws ReflectiveOperationException {
        Field field = of.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
