package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The hash of a password is computed on threads of its own: who asks may be a loop's. */
class HashingThreadsTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static long nanosOfHashing() {
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(id -> {
                    ThreadInfo thread = THREADS.getThreadInfo(id);
                    return thread != null && thread.getThreadName().startsWith("sluice-passwords-");
                })
                .map(id -> Math.max(0, THREADS.getThreadCpuTime(id)))
                .sum();
    }

    @Test
    void whoAsksDoesNotCompute() {
        String hash = Passwords.hash("secret", 10);
        assertThat(Passwords.verify("secret", hash)).isTrue();
        long before = nanosOfHashing();
        long own = THREADS.getCurrentThreadCpuTime();
        assertThat(Passwords.verify("x", Passwords.OF_NOBODY)).isFalse();
        own = THREADS.getCurrentThreadCpuTime() - own;
        assertThat(nanosOfHashing() - before).as("of the hashing threads").isGreaterThan(4 * own);
    }

    @Test
    void whatGoesWrongReachesWhoAsks() {
        assertThatIllegalStateException()
                .isThrownBy(() -> HashingThreads.compute(() -> {
                    throw new IllegalStateException("no such algorithm");
                }))
                .withMessage("no such algorithm");
    }
}
