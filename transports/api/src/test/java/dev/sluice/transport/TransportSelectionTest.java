package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/** Which transport is taken, and what is said about it. */
class TransportSelectionTest {
    private final List<String> lines = new ArrayList<>();
    private final System.Logger log = new System.Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            lines.add(text);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, Object... values) {
            lines.add(format);
        }
    };

    private TransportSelection selection(TransportProvider... providers) {
        return new TransportSelection(List.of(providers), log);
    }

    @Test
    void autoTakesTheHighestPriorityAndSaysNothing() throws IOException {
        Transport chosen = selection(works("nio", 0), works("io_uring", 100)).open("auto", TransportOptions.defaults());
        assertThat(chosen.name()).isEqualTo("io_uring");
        assertThat(lines).isEmpty();
    }

    @Test
    void autoFallsBackWhenTheProbeFailsAndSaysWhyInOneLine() throws IOException {
        Transport chosen = selection(works("nio", 0), new Fake("io_uring", 100, "a seccomp filter", null))
                .open("auto", TransportOptions.defaults());
        assertThat(chosen.name()).isEqualTo("nio");
        assertThat(lines)
                .containsExactly("transport nio is in use because io_uring is not available: a seccomp filter");
    }

    @Test
    void autoFallsBackWhenTheRealOneCannotBeOpened() throws IOException {
        Transport chosen = selection(works("nio", 0), new Fake("io_uring", 100, null, "too little locked memory"))
                .open("auto", TransportOptions.defaults());
        assertThat(chosen.name()).isEqualTo("nio");
        assertThat(lines)
                .containsExactly("transport nio is in use because io_uring is not available: too little locked memory");
    }

    @Test
    void aNamedTransportIsRefusedWithTheCause() {
        for (Fake broken : List.of(
                new Fake("io_uring", 100, "a seccomp filter", null),
                new Fake("io_uring", 100, null, "a seccomp filter"))) {
            assertThatThrownBy(() -> selection(works("nio", 0), broken).open("io_uring", TransportOptions.defaults()))
                    .isInstanceOf(TransportUnavailableException.class)
                    .hasMessage(
                            "transport io_uring is not available: a seccomp filter; use transport auto to fall back");
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() ->
                        selection(works("nio", 0), works("io_uring", 100)).open("epoll", TransportOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transport: epoll (expected: one of auto, io_uring, nio)");
    }

    @Test
    void nothingThatWorksIsAnErrorWithEveryCause() {
        assertThatThrownBy(() -> selection(
                                new Fake("nio", 0, "no sockets", null), new Fake("io_uring", 100, "old kernel", null))
                        .open("auto", TransportOptions.defaults()))
                .isInstanceOf(TransportUnavailableException.class)
                .hasMessage(
                        "no transport works here: io_uring is not available: old kernel; nio is not available: no sockets");
        assertThatThrownBy(() -> selection().open("auto", TransportOptions.defaults()))
                .hasMessage("no transport is installed");
    }

    private static Fake works(String name, int priority) {
        return new Fake(name, priority, null, null);
    }

    private record Fake(
            String name,
            int priority,
            @Nullable String probeCause,
            @Nullable String openCause) implements TransportProvider {
        @Override
        public Availability probe() {
            return probeCause == null ? Availability.yes() : Availability.no(probeCause);
        }

        @Override
        public Transport open(TransportOptions options) throws IOException {
            if (openCause != null) {
                throw new TransportUnavailableException(openCause);
            }
            return new Opened(name);
        }
    }

    private record Opened(String name) implements Transport {
        @Override
        public XnioWorker worker() {
            throw new AssertionError("not asked for by a selection");
        }

        @Override
        public List<Loop> loops() {
            return List.of();
        }

        @Override
        public ByteBufferPool buffers() {
            throw new AssertionError("not asked for by a selection");
        }

        @Override
        public BoundListener listen(ListenerOptions options, ChannelListener<? super StreamConnection> opened) {
            throw new AssertionError("not asked for by a selection");
        }

        @Override
        public void close() {}
    }
}
