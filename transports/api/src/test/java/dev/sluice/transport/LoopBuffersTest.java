package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is counted when there is no memory for a buffer. */
class LoopBuffersTest {
    @Test
    void aBufferThatCannotBeMadeIsNotInUse() {
        AtomicBoolean full = new AtomicBoolean(true);
        LoopBuffers buffers = new LoopBuffers(List.of(), 1024, false, 4, size -> {
            if (full.get()) {
                throw new OutOfMemoryError("planted by a test");
            }
            return ByteBuffer.allocate(size);
        });
        assertThatThrownBy(buffers::allocate).isInstanceOf(OutOfMemoryError.class);
        assertThat(buffers.outstanding()).isZero();
        assertThat(buffers.created()).isZero();
        full.set(false);
        PooledByteBuffer buffer = buffers.allocate();
        assertThat(buffers.outstanding()).isOne();
        assertThat(buffer.getBuffer().capacity()).isEqualTo(1024);
        buffer.close();
        assertThat(buffers.outstanding()).isZero();
    }
}
