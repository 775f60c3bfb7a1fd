package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One owner and many others add; nothing is lost. */
class LoopCountTest {
    private static final int TIMES = 200_000;

    private static Thread adding(LoopCount count, long each, boolean owner, CountDownLatch start) {
        Thread thread = new Thread(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (int i = 0; i < TIMES; i++) {
                count.add(each, owner);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void theOwnersPartAndThatOfTheOthersAddUp() throws InterruptedException {
        LoopCount count = new LoopCount();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        threads.add(adding(count, 3, true, start));
        threads.add(adding(count, 10, false, start));
        threads.add(adding(count, -1, false, start));
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(count.sum()).isEqualTo((3L + 10 - 1) * TIMES);
    }

    @Test
    void itMayBecomeNegativeAndComeBack() {
        LoopCount count = new LoopCount();
        count.add(-5, true);
        assertThat(count.sum()).isEqualTo(-5);
        count.add(5, false);
        assertThat(count.sum()).isZero();
    }
}
