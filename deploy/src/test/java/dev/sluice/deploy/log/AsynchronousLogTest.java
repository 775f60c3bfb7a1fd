package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsynchronousLogTest {
    @Test
    void closingWritesWhatIsQueuedInOrder() throws Exception {
        StringWriter written = new StringWriter();
        AsynchronousLog<Integer> log = new AsynchronousLog<>("log-test", 10_000, String::valueOf, written);
        IntStream.range(0, 5_000).forEach(log::add);
        log.close();

        assertThat(written.toString().lines())
                .hasSize(5_000)
                .startsWith("0", "1")
                .endsWith("4999");
        assertThat(log.dropped()).isZero();
    }

    @Test
    void aWriterThatHangsMakesItDropAndCountButNotWait() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        StringWriter written = new StringWriter();
        AsynchronousLog<String> log =
                new AsynchronousLog<>("log-test", 10, text -> text, new HangingWriter(written, hanging, release));
        log.add("first");
        hanging.await();
        for (int i = 0; i < 100; i++) {
            log.add("later");
        }

        assertThat(log.dropped()).isEqualTo(90);
        release.countDown();
        log.close();
        assertThat(written.toString().lines()).hasSize(11);
    }

    @Test
    void aWriterThatFailsIsTriedAgainAndTheLossCounted() throws Exception {
        FailingOnce writer = new FailingOnce();
        AsynchronousLog<String> log = new AsynchronousLog<>("log-test", 10, text -> text, writer);
        log.add("lost");
        await().atMost(60, TimeUnit.SECONDS).until(() -> log.dropped() == 1);
        log.add("kept");
        log.close();

        assertThat(writer.toString()).isEqualTo("kept\n");
    }

    @Test
    void afterClosingEverythingIsDropped() throws Exception {
        AsynchronousLog<String> log = new AsynchronousLog<>("log-test", 10, text -> text, new StringWriter());
        log.close();
        log.add("late");

        assertThat(log.dropped()).isEqualTo(1);
    }

    private static final class FailingOnce extends StringWriter {
        private boolean failed;

        @Override
        public void write(String text) {
            if (!failed) {
                failed = true;
                throw new java.io.UncheckedIOException(new IOException("disk full"));
            }
            super.write(text);
        }
    }

    private static final class HangingWriter extends Writer {
        private final Writer next;
        private final CountDownLatch hanging;
        private final CountDownLatch release;

        HangingWriter(Writer next, CountDownLatch hanging, CountDownLatch release) {
            this.next = next;
            this.hanging = hanging;
            this.release = release;
        }

        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            hanging.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            next.write(buffer, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
