package dev.sluice.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one buffer of a loop must never carry bytes of two writes, also when a virtual thread unmounts in the middle of one. */
class GatherTest {
    private final Gather gather = new Gather();
    private final List<String> written = new ArrayList<>();
    private final List<Boolean> fitsMeanwhile = new ArrayList<>();

    private final GatheringByteChannel channel = new GatheringByteChannel() {
        @Override
        public int write(ByteBuffer source) {
            fitsMeanwhile.add(gather.fits(1));
            String text = StandardCharsets.US_ASCII.decode(source).toString();
            written.add(text);
            return text.length();
        }

        @Override
        public long write(ByteBuffer[] sources) {
            throw new AssertionError("a gathering write");
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new AssertionError("a gathering write");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            throw new AssertionError("closed");
        }
    };

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void writesHeadAndBodyAsOne() throws Exception {
        assertThat(gather.write(channel, new ByteBuffer[] {bytes("head "), bytes("body")}, 0, 2))
                .isEqualTo(9);
        assertThat(written).containsExactly("head body");
    }

    @Test
    void isNobodyElsesWhileAWriteIsUnderWay() throws Exception {
        gather.write(channel, bytes("one"));
        gather.write(channel, new ByteBuffer[] {bytes("two")}, 0, 1);

        assertThat(fitsMeanwhile).containsExactly(false, false);
        assertThat(gather.fits(1)).isTrue();
    }
}
