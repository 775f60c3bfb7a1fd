package dev.sluice.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The response's buffer: when it commits, how it closes, and how it writes without waiting (Servlet 6.1, 5.1 and 5.5). */
class ResponseOutputTest {
    private final Deque<Runnable> jobs = new ArrayDeque<>();
    private final Sink sink = new Sink();
    private final List<Long> commits = new ArrayList<>();
    private final ResponseOutput output = new ResponseOutput(sink, 8, commits::add, new CallbackLane() {
        @Override
        public void run(Runnable job) {
            jobs.add(job);
        }

        @Override
        public boolean nonBlockingAllowed() {
            return true;
        }
    });

    private void drain() {
        while (!jobs.isEmpty()) {
            jobs.poll().run();
        }
    }

    /** A client that takes as much as it is told to. */
    private static final class Sink implements ByteSink {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final List<String> calls = new ArrayList<>();
        private int room = Integer.MAX_VALUE;
        private @Nullable Runnable waiting;

        void give(int more) {
            room = more;
            Runnable action = waiting;
            waiting = null;
            if (action != null) {
                action.run();
            }
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }

        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(room, source.remaining());
            for (int i = 0; i < count; i++) {
                taken.write(source.get());
            }
            room -= count;
            return count;
        }

        @Override
        public void awaitWritable() {
            calls.add("await");
            room = 3;
        }

        @Override
        public void onWritable(Runnable action) {
            waiting = action;
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public void writeLast(ByteBuffer source) {
            calls.add("last");
            write(source);
        }

        @Override
        public void transferFrom(FileChannel file, long position, long length) {}

        @Override
        public void end() {
            calls.add("end");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class Blocking {
        @Test
        void headAndBodyGoTogetherWhenTheBodyFits() throws IOException {
            output.write(bytes("1234"));
            assertThat(output.committed()).isFalse();
            output.close();
            assertThat(commits).containsExactly(4L);
            assertThat(sink.calls).containsExactly("last");
            assertThat(sink.text()).isEqualTo("1234");
        }

        @Test
        void aFullBufferIsNotCommittedYetOneMoreByteIs() throws IOException {
            output.write(bytes("12345678"));
            assertThat(output.committed()).isFalse();
            output.write('9');
            assertThat(commits).containsExactly(-1L);
            output.close();
            assertThat(sink.text()).isEqualTo("123456789");
            assertThat(sink.calls).containsExactly("end");
        }

        @Test
        void aSlowClientBlocksTheWriter() throws IOException {
            sink.room = 0;
            output.write(bytes("0123456789abcdef"));
            output.close();
            assertThat(sink.text()).isEqualTo("0123456789abcdef");
            assertThat(sink.calls).contains("await").endsWith("end");
        }

        @Test
        void theDeclaredLengthClosesTheResponse() throws IOException {
            output.limit(5);
            output.write(bytes("1234567"));
            assertThat(output.closed()).isTrue();
            assertThat(sink.text()).isEqualTo("12345");
            output.write(bytes("dropped"));
            assertThat(sink.text()).isEqualTo("12345");
        }

        @Test
        void theSizeOfTheBufferIsFinalAfterTheFirstWrite() throws IOException {
            output.bufferSize(100);
            output.write(1);
            assertThatThrownBy(() -> output.bufferSize(200)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aResponseWithoutBodyCountsAndDrops() throws IOException {
            output.discard();
            output.write(bytes("1234"));
            output.close();
            assertThat(commits).containsExactly(4L);
            assertThat(sink.text()).isEmpty();
        }
    }

    @Nested
    class NonBlocking {
        private final List<String> events = new ArrayList<>();
        private final WriteListener listener = new WriteListener() {
            @Override
            public void onWritePossible() {
                events.add("possible");
            }

            @Override
            public void onError(Throwable thrown) {
                events.add("error " + thrown.getMessage());
            }
        };

        @Test
        void calledAtOnceAndWhenWhatWasPendingIsGone() throws IOException {
            sink.room = 4;
            output.setWriteListener(listener);
            assertThat(output.isReady()).isFalse();
            drain();
            assertThat(output.isReady()).isTrue();
            output.write(bytes("0123456789"));
            assertThat(output.isReady()).isFalse();
            assertThatThrownBy(() -> output.write(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("isReady");
            sink.give(100);
            drain();
            assertThat(events).containsExactly("possible", "possible");
            assertThat(sink.text()).isEqualTo("0123456789");
        }

        @Test
        void closingDoesNotWait() throws IOException {
            output.setWriteListener(listener);
            drain();
            sink.room = 0;
            output.write(bytes("0123456789"));
            output.close();
            assertThat(sink.calls).isEmpty();
            sink.give(100);
            drain();
            assertThat(sink.text()).isEqualTo("0123456789");
            assertThat(sink.calls).containsExactly("end");
        }

        @Test
        void theContainerWaitsWhenItFinishes() throws IOException {
            output.setWriteListener(listener);
            drain();
            sink.room = 2;
            output.write(bytes("0123456789"));
            output.finish();
            assertThat(sink.text()).isEqualTo("0123456789");
            assertThat(sink.calls).endsWith("end");
        }
    }

    @Nested
    class Writers {
        private String written(Charset charset, String... parts) {
            try (PrintWriter writer = ResponseWriters.over(output, charset)) {
                for (String part : parts) {
                    writer.print(part);
                }
            }
            return sink.taken.toString(charset);
        }

        @Test
        void asciiAndOthersMixed() {
            assertThat(written(StandardCharsets.UTF_8, "aé", "日本", "z")).isEqualTo("aé日本z");
        }

        @Test
        void aSurrogatePairInTwoCalls() {
            assertThat(written(StandardCharsets.UTF_8, "a\uD83D", "\uDE00b")).isEqualTo("a😀b");
        }

        @Test
        void whatTheEncodingCannotSayBecomesAQuestionMark() {
            assertThat(written(StandardCharsets.ISO_8859_1, "é日")).isEqualTo("é?");
        }

        @Test
        void anEncodingThatIsNotLikeAscii() {
            assertThat(written(StandardCharsets.UTF_16BE, "ab")).isEqualTo("ab");
        }
    }
}
