package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Frames that are worth nothing take from a credit; those that carry requests do not, however the bytes are cut. */
class Http2FramesTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;

    private final AtomicLong clock = new AtomicLong();
    private final Http2Frames frames = new Http2Frames(clock::get);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Http2FramesTest() {
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private Http2FramesTest add(int count, int type, int stream, int length) {
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
        for (int from = 0; from < all.limit(); from += pieces) {
            String flood = frames.scan(all, from, Math.min(all.limit(), from + pieces));
            if (flood != null) {
                return flood;
            }
        }
        return "";
    }

    @Test
    void requestsAndBodiesAreFree() {
        for (int i = 0; i < 3_000; i++) {
            add(1, HEADERS, 2 * i + 1, 20).add(2, DATA, 2 * i + 1, 100);
        }
        assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
        assertThat(frames.lastStream()).isEqualTo(5_999);
    }

    @Test
    void pingsTakeFromTheCredit() {
        add(Http2Frames.BURST - 1, PING, 0, 8);
        assertThat(scan(7)).isEmpty();
        add(1, PING, 0, 8);
        assertThat(scan(7)).contains("frames of type 6");
    }

    @Test
    void theCreditGrowsWithTime() {
        add(Http2Frames.BURST - 1, PING, 0, 8);
        assertThat(scan(1)).isEmpty();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        add(Http2Frames.PER_SECOND, PING, 0, 8);
        assertThat(scan(1)).isEmpty();
        add(1, PING, 0, 8);
        assertThat(scan(1)).isNotEmpty();
    }

    @Test
    void emptyDataIsWorthNothing() {
        add(Http2Frames.BURST, DATA, 1, 0);
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
        add(Http2Frames.SMALL_BURST - 1, WINDOW_UPDATE, 0, 4);
        assertThat(scan(1_000)).isEmpty();
        add(1, WINDOW_UPDATE, 0, 4);
        assertThat(scan(1_000)).contains("WINDOW_UPDATE");
    }

    /** A client that reads 64 bytes at a time, and acknowledges each read for its stream and for the connection. */
    @Test
    void windowUpdatesForWhatWasSentAreFine() {
        for (int i = 0; i < 200; i++) {
            frames.sent(16 * 1024);
            add(2 * 16 * 1024 / 64, WINDOW_UPDATE, i % 2, 4);
            assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
        }
    }

    /** Events of a few bytes, each acknowledged twice. */
    @Test
    void windowUpdatesForSmallFramesAreFine() {
        for (int i = 0; i < Http2Frames.SMALL_BURST; i++) {
            frames.sent(20);
            add(2, WINDOW_UPDATE, i % 2, 4);
            if (i % 3_000 == 0) { // as many as a window of 64 KiB has room for
                assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
            }
        }
    }

    @Test
    void bytesOneByOneAreAFlood() {
        add(Http2Frames.SMALL_BURST, DATA, 1, 1);
        assertThat(scan(1_000)).contains("small DATA");
    }

    @Test
    void bytesOneByOneAreFineInTheirTime() {
        for (int second = 0; second < 100; second++) {
            add(Http2Frames.SMALL_PER_SECOND, DATA, 1, 1);
            assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }

    /** Messages with a head of five bytes in a frame of its own, as some clients of gRPC send them. */
    @Test
    void smallFramesBetweenLargerOnesAreFine() {
        for (int i = 0; i < 2 * Http2Frames.SMALL_BURST; i++) {
            add(1, DATA, 1, 5).add(1, DATA, 1, 40);
        }
        assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void smallBodiesOfManyRequestsAreFine() {
        for (int i = 0; i < 2 * Http2Frames.SMALL_BURST; i++) {
            add(1, HEADERS, 2 * i + 1, 20).add(2, DATA, 2 * i + 1, 1).add(2, WINDOW_UPDATE, 2 * i + 1, 4);
        }
        assertThat(scan(Integer.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void prioritiesTakeFromTheCredit() {
        add(Http2Frames.BURST, PRIORITY, 1, 5);
        assertThat(scan(1_000)).contains("frames of type 2");
    }
}
