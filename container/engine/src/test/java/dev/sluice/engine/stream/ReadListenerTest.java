package dev.sluice.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Non-blocking reading: when the listener is called, and what is illegal (Servlet 6.1, 3.7). */
class ReadListenerTest {
    private final Jobs lane = new Jobs();
    private final Source source = new Source();
    private final RequestInput input = new RequestInput(source, lane);
    private final List<String> events = new ArrayList<>();

    /** Runs jobs when it is told to. */
    private static final class Jobs implements CallbackLane {
        private final Deque<Runnable> jobs = new ArrayDeque<>();

        @Override
        public void run(Runnable job) {
            jobs.add(job);
        }

        @Override
        public boolean nonBlockingAllowed() {
            return true;
        }

        void drain() {
            while (!jobs.isEmpty()) {
                jobs.poll().run();
            }
        }
    }

    /** What arrives when it is told to. */
    private static final class Source implements ByteSource {
        private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
        private boolean end;
        private boolean broken;
        private @Nullable Runnable waiting;

        void arrive(String text) {
            arrived.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            wake();
        }

        void end() {
            end = true;
            wake();
        }

        void wake() {
            Runnable action = waiting;
            waiting = null;
            if (action != null) {
                action.run();
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            ByteBuffer next = arrived.peek();
            if (next == null) {
                return end ? -1 : 0;
            }
            int count = 0;
            while (next.hasRemaining() && target.hasRemaining()) {
                target.put(next.get());
                count++;
            }
            if (!next.hasRemaining()) {
                arrived.poll();
            }
            return count;
        }

        @Override
        public void awaitReadable() {
            throw new IllegalStateException("a non-blocking stream waited");
        }

        @Override
        public void onReadable(Runnable action) {
            waiting = action;
        }

        @Override
        public boolean finished() {
            return false;
        }
    }

    /** Reads all that is ready. */
    private final ReadListener reader = new ReadListener() {
        @Override
        public void onDataAvailable() throws IOException {
            StringBuilder text = new StringBuilder();
            while (input.isReady()) {
                text.append((char) input.read());
            }
            events.add("data " + text);
        }

        @Override
        public void onAllDataRead() {
            events.add("all");
        }

        @Override
        public void onError(Throwable thrown) {
            events.add("error " + thrown.getMessage());
        }
    };

    @Test
    void dataThenTheEnd() {
        input.setReadListener(reader);
        lane.drain();
        assertThat(events).isEmpty();
        source.arrive("ab");
        lane.drain();
        source.arrive("c");
        lane.drain();
        source.end();
        lane.drain();
        assertThat(events).containsExactly("data ab", "data c", "all");
        assertThat(input.isFinished()).isTrue();
    }

    @Test
    void anEmptyBodyIsAllRead() {
        source.end();
        input.setReadListener(reader);
        lane.drain();
        assertThat(events).containsExactly("all");
    }

    @Test
    void dataAndEndTogether() {
        source.arrive("abc");
        source.end();
        input.setReadListener(reader);
        lane.drain();
        assertThat(events).containsExactly("data abc", "all");
    }

    @Test
    void notCalledAgainUntilIsReadyWasFalse() {
        input.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                events.add("data " + (char) input.read());
            }

            @Override
            public void onAllDataRead() {}

            @Override
            public void onError(Throwable thrown) {}
        });
        source.arrive("ab");
        lane.drain();
        source.wake();
        lane.drain();
        assertThat(events).containsExactly("data a");
    }

    @Test
    void readingWithoutDataIsIllegal() {
        input.setReadListener(reader);
        lane.drain();
        assertThat(input.isReady()).isFalse();
        assertThatThrownBy(input::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("isReady");
    }

    @Test
    void aSecondListenerIsIllegal() {
        input.setReadListener(reader);
        assertThatThrownBy(() -> input.setReadListener(reader)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noListenerOutsideOfAsynchronousMode() {
        RequestInput blocking = new RequestInput(source, new CallbackLane() {
            @Override
            public void run(Runnable job) {}

            @Override
            public boolean nonBlockingAllowed() {
                return false;
            }
        });
        assertThatThrownBy(() -> blocking.setReadListener(reader))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("startAsync");
    }

    @Test
    void aFailureIsToldOnce() {
        input.setReadListener(reader);
        lane.drain();
        source.broken = true;
        source.wake();
        lane.drain();
        input.fail(new IOException("again"));
        lane.drain();
        assertThat(events).containsExactly("error broken");
    }

    @Test
    void whatTheListenerThrowsIsToldToIt() {
        input.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                throw new IOException("from the application");
            }

            @Override
            public void onAllDataRead() {}

            @Override
            public void onError(Throwable thrown) {
                events.add(thrown.getMessage());
            }
        });
        source.arrive("a");
        lane.drain();
        assertThat(events).containsExactly("from the application");
    }

    @Test
    void whatWaitsIsIllegalWithAListener() {
        source.arrive("abc");
        input.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() {
                byte[] target = new byte[2];
                assertThatThrownBy(input::readAllBytes).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> input.readNBytes(2)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> input.readNBytes(target, 0, 2)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> input.readLine(target, 0, 2)).isInstanceOf(IllegalStateException.class);
                events.add("checked");
            }

            @Override
            public void onAllDataRead() {}

            @Override
            public void onError(Throwable thrown) {
                events.add(String.valueOf(thrown));
            }
        });
        lane.drain();
        assertThat(events).containsExactly("checked");
    }

    @Test
    void readingWithoutReadinessIsIllegalEvenWithoutRoom() throws IOException {
        input.setReadListener(reader);
        lane.drain();
        assertThat(input.isReady()).isFalse();
        assertThatThrownBy(() -> input.read(ByteBuffer.allocate(0))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> input.read(ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(input::read).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBufferKeepsItsPositionAndGetsTheLimitBehindWhatWasRead() throws IOException {
        source.arrive("abc");
        source.end();
        ByteBuffer target = ByteBuffer.allocate(10).position(2);
        assertThat(input.read(target)).isEqualTo(3);
        assertThat(target.position()).isEqualTo(2);
        assertThat(target.limit()).isEqualTo(5);
        assertThat(StandardCharsets.UTF_8.decode(target).toString()).isEqualTo("abc");
        ByteBuffer full = ByteBuffer.allocate(4).position(4);
        assertThat(input.read(full)).isZero();
        ByteBuffer rest = ByteBuffer.allocate(4).position(1);
        assertThat(input.read(rest)).isEqualTo(-1);
        assertThat(rest.position()).isEqualTo(1);
        assertThatThrownBy(() -> input.read((ByteBuffer) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> input.setReadListener(null)).isInstanceOf(NullPointerException.class);
        input.close();
        assertThatThrownBy(() -> input.read(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
    }
}
