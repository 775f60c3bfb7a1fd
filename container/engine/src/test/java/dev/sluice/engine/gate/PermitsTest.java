package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permits are handed out in order and never more than there are. */
class PermitsTest {
    private final Permits permits = new Permits(1, 2);
    private final List<String> granted = new ArrayList<>();

    private Permits.Waiter waiter(String name) {
        return () -> granted.add(name);
    }

    @Test
    void queueIsServedInOrder() {
        assertThat(permits.tryAcquire()).isTrue();
        assertThat(permits.tryAcquire()).isFalse();
        assertThat(permits.await(waiter("a"))).isTrue();
        assertThat(permits.await(waiter("b"))).isTrue();
        assertThat(granted).isEmpty();
        permits.release();
        assertThat(granted).containsExactly("a");
        permits.release();
        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void queueIsBounded() {
        permits.tryAcquire();
        permits.await(waiter("a"));
        permits.await(waiter("b"));
        assertThat(permits.await(waiter("c"))).isFalse();
    }

    @Test
    void whoLeavesTheQueueGetsNothing() {
        permits.tryAcquire();
        Permits.Waiter a = waiter("a");
        permits.await(a);
        permits.await(waiter("b"));
        assertThat(permits.withdraw(a)).isTrue();
        assertThat(permits.withdraw(a)).isFalse();
        permits.release();
        assertThat(granted).containsExactly("b");
    }

    @Test
    void newcomersDoNotOvertake() {
        permits.tryAcquire();
        permits.await(waiter("a"));
        assertThat(permits.tryAcquire()).isFalse();
        permits.release();
        permits.release();
        assertThat(permits.tryAcquire()).isTrue();
    }

    @Test
    void givingBackTooMuchIsRefused() {
        assertThatThrownBy(permits::release).isInstanceOf(IllegalStateException.class);
    }
}
