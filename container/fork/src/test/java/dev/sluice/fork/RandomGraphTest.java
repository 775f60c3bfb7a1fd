package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Whatever the graph: a fork has its shape, shares nothing mutable with it, and neither sees what happens to the other. The number
 * of graphs is {@code -Dsluice.test.graphs=3000}, the first seed {@code -Dsluice.test.seed=}.
 */
class RandomGraphTest {
    private static final int GRAPHS = Integer.getInteger("sluice.test.graphs", 60);
    private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());

    private static Object graph(long seed, int size) {
        return RandomGraph.of(seed, size);
    }

    @Test
    void forksAreEqualInShapeAndShareNothingMutable() {
        Random random = new Random(SEED);
        List<String> wrong = new ArrayList<>();
        for (int round = 0; round < GRAPHS; round++) {
            long seed = random.nextLong();
            int size = 2 + random.nextInt(round % 60 < 50 ? 60 : 2_000);
            try {
                Object original = graph(seed, size);
                Template<Object> template = Template.of("seed " + seed, original, ForkOptions.defaults());
                Object one = template.fork();
                SameShape.verify(original, one);
                SameShape.verify(one, template.fork());
            } catch (AssertionError | RuntimeException e) {
                wrong.add("graph " + seed + " of " + size + ": " + e);
            }
        }
        System.out.println("RandomGraphTest: seed " + SEED + ", " + wrong.size() + " of " + GRAPHS + " wrong");
        assertThat(wrong).isEmpty();
    }

    @Test
    void mutationsOfEitherAreInvisibleToTheOther() {
        long seed = SEED;
        Object original = graph(seed, 500);
        Object untouched = graph(seed, 500);
        Template<Object> template = Template.of("seed " + seed, original, ForkOptions.defaults());
        Vandal.spoil(original);
        Object first = template.fork();
        SameShape.verify(untouched, first);
        Vandal.spoil(first);
        SameShape.verify(untouched, template.fork());
    }

    @Test
    void sixteenThreadsForkAndMutateAtOnce() throws Exception {
        Object untouched = graph(SEED, 300);
        Template<Object> template = Template.of("seed " + SEED, graph(SEED, 300), ForkOptions.defaults());
        CyclicBarrier together = new CyclicBarrier(16);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                results.add(threads.submit(() -> {
                    together.await();
                    for (int round = 0; round < 20; round++) {
                        Object fork = template.fork();
                        SameShape.verify(untouched, fork);
                        Vandal.spoil(fork);
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(template.fork()).isNotSameAs(template.fork());
    }
}
