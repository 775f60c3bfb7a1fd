package dev.sluice.engine.http.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Frames that are worth nothing take from a credit; those that carry requests do not, however the bytes are cut. */
class FloodCreditsTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;

    private final AtomicLong clock = new AtomicLong();
    private final FloodCredits credits = new FloodCredits(clock::get);
    private final FrameReader reader = new FrameReader(new Counting());
    private int lastStream;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    FloodCreditsTest() {
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private FloodCreditsTest add(int count, int type, int stream, int length) {
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(ByteBuffer.allocate(9 + length)
                    .putInt(length << 8 | type)
                    .put((byte) 0)
                    .putInt(stream)
                    .array());
        }
        return this;
    }

    private String scan(int pieces) {
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
        bytes.reset();
        try {
            while (all.hasRemaining()) {
                int part = Math.min(all.remaining(), pieces);
                reader.read(all.slice().limit(part));
                all.position(all.position() + part);
            }
            return "";
        } catch (ConnectionError flood) {
            return flood.getMessage();
        }
    }

    /** Counts, and looks at nothing else. */
    private final class Counting implements FrameReader.Receiver {
        @Override
        public void begins(int type, int flags, int length, int stream) throws ConnectionError {
            String flood = credits.received(type, flags, length);
            if (flood != null) {
                throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, flood);
            }
            if (type == HEADERS) {
                lastStream = stream;
            }
        }

        @Override
        public void frame(int type, int flags, int stream, ByteBuffer payload) {}

        @Override
        public void data(int stream, ByteBuffer part) {}

        @Override
        public void padding(int stream, int count) {}

        @Override
        public void dataEnds(int stream, int flags) {}
    }

    @Test
    void requestsAndBodiesAreFree() {
        for (int i = 0; i < 3_000; i++) {
            add(1, HEADERS, 2 * i + 1, 20).add(2, DATA, 2 * i + 1, 100);
        }
        assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
        assertThat(lastStream).isEqualTo(5_999);
    }

    @Test
    void pingsTakeFromTheCredit() {
        add(FloodCredits.BURST - 1, PING, 0, 8);
        assertThat(scan(7)).isEmpty();
        add(1, PING, 0, 8);
        assertThat(scan(7)).contains("frames of type 6");
    }

    @Test
    void theCreditGrowsWithTime() {
        add(FloodCredits.BURST - 1, PING, 0, 8);
        assertThat(scan(1)).isEmpty();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        add(FloodCredits.PER_SECOND, PING, 0, 8);
        assertThat(scan(1)).isEmpty();
        add(1, PING, 0, 8);
        assertThat(scan(1)).isNotEmpty();
    }

    @Test
    void emptyDataIsWorthNothing() {
        add(FloodCredits.BURST, DATA, 1, 0);
        assertThat(scan(1_000)).contains("empty DATA");
    }

    @Test
    void aHeaderBlockHasAnEnd() {
        add(1, HEADERS, 1, 10).add(64, CONTINUATION, 1, 1);
        assertThat(scan(1_000)).isEmpty();
        add(1, CONTINUATION, 1, 1);
        assertThat(scan(1_000)).contains("CONTINUATION");
    }

    @Test
    void windowUpdatesForNothingAreAFlood() {
        add(FloodCredits.SMALL_BURST - 1, WINDOW_UPDATE, 0, 4);
        assertThat(scan(1_000)).isEmpty();
        add(1, WINDOW_UPDATE, 0, 4);
        assertThat(scan(1_000)).contains("WINDOW_UPDATE");
    }

    /** A client that reads 64 bytes at a time, and acknowledges each read for its stream and for the connection. */
    @Test
    void windowUpdatesForWhatWasSentAreFine() {
        for (int i = 0; i < 200; i++) {
            credits.sent(16 * 1024);
            add(2 * 16 * 1024 / 64, WINDOW_UPDATE, i % 2, 4);
            assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
        }
    }

    /** Events of a few bytes, each acknowledged twice. */
    @Test
    void windowUpdatesForSmallFramesAreFine() {
        for (int i = 0; i < FloodCredits.SMALL_BURST; i++) {
            credits.sent(20);
            add(2, WINDOW_UPDATE, i % 2, 4);
            if (i % 3_000 == 0) { // as many as a window of 64 KiB has room for
                assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
            }
        }
    }

    @Test
    void bytesOneByOneAreAFlood() {
        add(FloodCredits.SMALL_BURST, DATA, 1, 1);
        assertThat(scan(1_000)).contains("small DATA");
    }

    @Test
    void bytesOneByOneAreFineInTheirTime() {
        for (int second = 0; second < 100; second++) {
            add(FloodCredits.SMALL_PER_SECOND, DATA, 1, 1);
            assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }

    /** Messages with a head of five bytes in a frame of its own, as some clients of gRPC send them. */
    @Test
    void smallFramesBetweenLargerOnesAreFine() {
        for (int i = 0; i < 2 * FloodCredits.SMALL_BURST; i++) {
            add(1, DATA, 1, 5).add(1, DATA, 1, 40);
        }
        assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void smallBodiesOfManyRequestsAreFine() {
        for (int i = 0; i < 2 * FloodCredits.SMALL_BURST; i++) {
            add(1, HEADERS, 2 * i + 1, 20).add(2, DATA, 2 * i + 1, 1).add(2, WINDOW_UPDATE, 2 * i + 1, 4);
        }
        assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void prioritiesTakeFromTheCredit() {
        add(FloodCredits.BURST, PRIORITY, 1, 5);
        assertThat(scan(1_000)).contains("frames of type 2");
    }
}
