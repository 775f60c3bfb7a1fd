package dev.sluice.transport.uring;

import io.netty.channel.uring.IoUringIoHandlerConfig;

/** What the kernel's io_uring_setup can do beyond the minimum; asked once. */
final class SetupProbe {
    /** Whether the completion queue can be made larger than twice the submission queue. */
    static final boolean COMPLETION_QUEUE_SIZE = canSetCompletionQueueSize();

    private SetupProbe() {}

    private static boolean canSetCompletionQueueSize() {
        try {
            new IoUringIoHandlerConfig().setRingSize(16).setCqSize(64);
            return true;
        } catch (UnsupportedOperationException e) {
            System.getLogger(SetupProbe.class.getName())
                    .log(System.Logger.Level.DEBUG, "the kernel fixes the size of the completion queue", e);
            return false;
        }
    }
}
