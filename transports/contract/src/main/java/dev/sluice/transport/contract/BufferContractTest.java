package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.Transport;
import io.undertow.connector.PooledByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The buffers of a transport. */
@ExtendWith(TransportFixture.class)
public class BufferContractTest {
    private static LoopBuffers buffers(Transport transport) {
        return (LoopBuffers) transport.buffers();
    }

    @Test
    void closingTwiceGivesBackOnce(Transport transport) {
        PooledByteBuffer first = transport.buffers().allocate();
        first.close();
        first.close();
        assertThat(first.isOpen()).isFalse();
        assertThatThrownBy(first::getBuffer).isInstanceOf(IllegalStateException.class);
        PooledByteBuffer second = transport.buffers().allocate();
        PooledByteBuffer third = transport.buffers().allocate();
        assertThat(second.getBuffer()).isNotSameAs(third.getBuffer());
        second.close();
        third.close();
        assertThat(buffers(transport).outstanding()).isZero();
    }

    @Test
    void manyShortLivedThreadsShareTheSameBuffers(Transport transport) throws Exception {
        for (int i = 0; i < 500; i++) {
            Thread thread = new Thread(() -> transport.buffers().allocate().close());
            thread.start();
            thread.join();
        }
        assertThat(buffers(transport).created()).isLessThan(10);
    }

    @Test
    void aLoopReusesItsOwn(Transport transport) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        transport.loops().get(0).execute(() -> {
            for (int i = 0; i < 10_000; i++) {
                transport.buffers().allocate().close();
            }
            done.countDown();
        });
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(buffers(transport).created()).isLessThan(10);
    }

    @Test
    @Tag("exact")
    void idleConnectionsHoldNone(HttpUnderTest http) throws Exception {
        try (Wire first = http.connect();
                Wire second = http.connect()) {
            assertThat(first.get("/hello").reply().body()).isEqualTo("hello");
            assertThat(second.get("/bytes/100000").reply().bytes()).hasSize(100_000);
            await().until(() -> buffers(http.transport()).outstanding() == 0);
        }
    }
}
