package dev.sluice.samples.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomTest {
    @Test
    void whoSpeaksStaysWhenAnotherHasJustLeft() throws Exception {
        Room room = new Room();
        WebSocketListener listener = room.visitor();
        Visitor left = new Visitor();
        Visitor speaker = new Visitor();
        Visitor hearer = new Visitor();
        listener.onOpen(left);
        listener.onOpen(speaker);
        listener.onOpen(hearer);
        left.gone = true; // and the room has not been told yet

        listener.onText(speaker, "hello");
        listener.onClose(left, WebSocketConnection.ABNORMAL, "");

        assertThat(speaker.heard).containsExactly("2 here", "3 here", "hello", "2 here");
        assertThat(hearer.heard).containsExactly("3 here", "hello", "2 here");
    }

    /** A connection that says that it is open until somebody sends to it. */
    private static final class Visitor implements WebSocketConnection {
        private final List<String> heard = new ArrayList<>();
        private boolean gone;

        @Override
        public void send(String message) throws IOException {
            if (gone) {
                throw new IOException("the client has gone");
            }
            heard.add(message);
        }

        @Override
        public void send(ByteBuffer message) {
            throw new UnsupportedOperationException("the room sends texts");
        }

        @Override
        public void ping(ByteBuffer data) {
            throw new UnsupportedOperationException("the room sends texts");
        }

        @Override
        public void close(int code, String reason) {
            gone = true;
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public HandlerContext context() {
            throw new UnsupportedOperationException("the room needs no context");
        }

        @Override
        public Optional<String> subprotocol() {
            return Optional.empty();
        }
    }
}
