package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.EventLoops;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.HttpListener;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/** A response that another thread completes at the very moment in which the loop stops reading ahead does not strand the next request. */
@ExtendWith(TransportFixture.class)
class ReadAheadTest {
    private final AtomicReference<HttpExchange> slow = new AtomicReference<>();

    @Test
    void theNextRequestIsReadWhenTheAnswerEndsWhileTheLoopSuspends(Transport transport) throws IOException {
        HttpListener http =
                new HttpListener(HttpOptions.defaults(), transport.buffers(), EventLoops.indifferent(), this::serve);
        try (BoundListener listener = transport.listen(
                        ListenerOptions.at(Endpoint.loopback(0)), connection -> open(connection, http));
                Wire wire = new Wire(listener.address())) {
            wire.get("/slow");
            await().until(() -> slow.get() != null);
            // The exchange lasts, so the loop watches the connection and reads this ahead, and as that is as much as
            // it keeps, it suspends then: see Interrupted.
            wire.send("GET /hello HTTP/1.1\r\nHost: localhost\r\nPadding: " + "p".repeat(10_000) + "\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(200);
            assertThat(wire.reply().status()).isEqualTo(200);
        }
    }

    private void serve(HttpExchange exchange) {
        if (exchange.rawPath().equals("/slow")) {
            slow.set(exchange);
        } else {
            exchange.end();
        }
    }

    private void open(StreamConnection connection, HttpListener http) {
        Interrupted source = new Interrupted(connection.getSourceChannel().getConduit());
        source.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(connection.getSourceChannel()));
        connection.getSourceChannel().setConduit(source);
        ChannelListeners.invokeChannelListener(connection, http);
    }

    /** Completes the slow exchange on another thread before it suspends on the loop. */
    private final class Interrupted extends AbstractStreamSourceConduit<StreamSourceConduit> {
        private boolean read;

        Interrupted(StreamSourceConduit next) {
            super(next);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = super.read(target);
            read = read || count > 0 && slow.get() != null;
            return count;
        }

        @Override
        public void suspendReads() {
            HttpExchange exchange = read && Thread.currentThread() == getReadThread() ? slow.getAndSet(null) : null;
            if (exchange != null) {
                Thread other = new Thread(exchange::end, "completes-the-exchange");
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            super.suspendReads();
        }
    }
}
