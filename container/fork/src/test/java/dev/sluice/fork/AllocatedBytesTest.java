package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fork allocates the mutable part and little else: slots only for objects that wait for the one that refers to them. */
class AllocatedBytesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 200;
    private static final int HEADER = 16;
    private static final int REFERENCE = 4;

    static final class Tree {
        final int number;

        @Nullable
        Tree left;

        @Nullable
        Tree right;

        Tree(int objects) {
            number = objects;
            int half = (objects - 1) / 2;
            left = half > 0 ? new Tree(half) : null;
            right = objects - 1 - half > 0 ? new Tree(objects - 1 - half) : null;
        }
    }

    static volatile @Nullable Object sink;

    /** The least that one fork allocated: interpreted code and the JIT's deoptimisations allocate more. */
    private static long allocated(Template<?> template) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                sink = template.fork();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / 100);
        }
        return least;
    }

    @Test
    void ofATree() {
        Template<Tree> template = Template.of("tree", new Tree(1_000), ForkOptions.defaults());
        assertThat(allocated(template))
                .isBetween(template.plan().bytes(), template.plan().bytes() + HEADER + 40 * REFERENCE);
    }

    @Test
    void ofAListWhichWaitsForAllItsElements() {
        List<Tree> list = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            list.add(new Tree(1));
        }
        Template<List<Tree>> template = Template.of("list", list, ForkOptions.defaults());
        assertThat(allocated(template))
                .isBetween(template.plan().bytes(), template.plan().bytes() + HEADER + 1_040 * REFERENCE);
    }
}
