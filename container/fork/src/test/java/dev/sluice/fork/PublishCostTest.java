package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A big template is published in less than a second of processor time; what other processes do does not count. */
class PublishCostTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ATTEMPTS = 8;

    static final class Item {
        final int number;

        Item(int number) {
            this.number = number;
        }

        int touched;
    }

    @Test
    void hundredThousandObjects() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 99_999; i++) {
            items.add(new Item(i));
        }
        Duration least = Duration.ofDays(1);
        for (int attempt = 0; attempt < ATTEMPTS && least.toMillis() >= 1_000; attempt++) {
            long before = THREADS.getCurrentThreadCpuTime();
            Template<List<Item>> template = Template.of("items", items, ForkOptions.defaults());
            long nanos = THREADS.getCurrentThreadCpuTime() - before;
            assertThat(template.plan().copiedObjects()).isEqualTo(100_000);
            least = nanos < least.toNanos() ? Duration.ofNanos(nanos) : least;
        }
        assertThat(least).isLessThan(Duration.ofSeconds(1));
    }
}
