package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A request is isolated, a task shares its request's fork, a job keeps its own. */
class KindsOfCopyTest {
    private final Templates templates = new Templates();
    private final Template<List<String>> orders = templates.publish("orders", new ArrayList<>(List.of("first")));
    private final Template<int[]> counter = templates.publish("counter", new int[] {0});

    @Test
    void requestsAreIsolated() {
        Forks one = Forks.forRequest();
        Forks two = Forks.forRequest();
        one.get(orders).add("second");
        assertThat(one.get(orders)).containsExactly("first", "second");
        assertThat(two.get(orders)).containsExactly("first");
        assertThat(one.get(orders)).isSameAs(one.get(orders));
    }

    @Test
    void rootsForkIndependentlyAndOnlyWhenTouched() {
        Forks request = Forks.forRequest();
        assertThat(request.touched(orders)).isFalse();
        request.get(counter)[0]++;
        assertThat(request.touched(orders)).isFalse();
        assertThat(request.touched(counter)).isTrue();
        assertThat(request.size()).isOne();
    }

    @Test
    void taskSharesTheForkOfItsRequest() {
        Forks request = Forks.forRequest();
        Forks task = request.forTask();
        task.get(orders).add("by the task");
        assertThat(request.get(orders)).containsExactly("first", "by the task");
        assertThat(task.kind()).isEqualTo(ForkKind.TASK);
    }

    @Test
    void jobKeepsItsForkAndNoRequestSeesIt() {
        Forks job = Forks.forJob();
        for (int run = 0; run < 3; run++) {
            job.get(counter)[0]++;
        }
        assertThat(job.get(counter)[0]).isEqualTo(3);
        assertThat(Forks.forRequest().get(counter)[0]).isZero();
    }

    @Test
    void threadsOfOneRequestGetTheSameFork() throws Exception {
        Forks request = Forks.forRequest();
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    seen.add(System.identityHashCode(request.get(counter)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void namesAreUnique() {
        assertThatThrownBy(() -> templates.publish("orders", new ArrayList<>()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'orders'");
        assertThat(templates.all()).extracting(Template::name).containsExactly("counter", "orders");
        assertThat(templates.find("counter")).contains(counter);
    }

    @Test
    void forksAreCountedAndSomeTimed() {
        for (int i = 0; i < 64; i++) {
            Forks.forRequest().get(counter);
        }
        assertThat(counter.statistics().forks()).isEqualTo(64);
        assertThat(counter.statistics().recentNanos()).hasSizeBetween(1, 64);
    }
}
