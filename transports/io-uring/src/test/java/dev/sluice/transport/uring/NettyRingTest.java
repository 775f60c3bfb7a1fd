package dev.sluice.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transport.LoopCounters;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Errors;
import io.netty.channel.uring.IoUring;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ring does when the kernel refuses for a moment, and when for good. */
class NettyRingTest {
    private static final int ENOMEM = 12;

    private final Queue<Integer> errors = new ArrayDeque<>();
    private final LoopCounters counters = new LoopCounters();
    private int entered;
    private final NettyRing ring = new NettyRing(new Refusing(), 64, () -> {}, counters);

    @BeforeAll
    static void errorsNeedTheNativeLibrary() {
        Assumptions.assumeTrue(IoUring.isAvailable(), "no io_uring on this machine");
    }

    /** A handler whose entering the kernel fails with these errors, one after the other, then works. */
    private final class Refusing implements IoHandler {
        @Override
        public int run(IoHandlerContext context) {
            Integer error = errors.poll();
            if (error != null) {
                throw new UncheckedIOException(Errors.newIOException("io_uring_enter", -error));
            }
            return ++entered;
        }

        @Override
        public void prepareToDestroy() {}

        @Override
        public void destroy() {}

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new IllegalStateException("nothing is registered here");
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 11, 16}) // EINTR, EAGAIN, EBUSY
    void aRefusalForTheMomentIsCountedAndTriedAgain(int error) {
        errors.addAll(List.of(error, error));
        for (int i = 0; i < 3; i++) {
            ring.poll(0);
        }
        assertThat(entered).isEqualTo(1);
        assertThat(counters.submissionRetries()).isEqualTo(2);
    }

    @Test
    void aFailureForGoodIsTold() {
        errors.add(ENOMEM);
        assertThatThrownBy(() -> ring.poll(0)).isInstanceOf(UncheckedIOException.class);
        assertThat(counters.submissionRetries()).isZero();
    }
}
