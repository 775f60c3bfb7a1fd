package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.api.ServerSentEvent;
import dev.sluice.engine.testing.RawClient;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
    @Test
    void headAndEventsArriveWhenTheyAreSent() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        try (HandlerServer server = HandlerServer.of((request, context) -> Response.events(sink -> {
                    first.await();
                    sink.send(ServerSentEvent.of("one").withId("1"));
                    second.await();
                    sink.send("two");
                }));
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            String line;
            boolean stream = false;
            while (!(line = client.line()).isEmpty()) {
                stream |= line.equalsIgnoreCase("content-type: text/event-stream;charset=utf-8");
            }
            assertThat(stream).isTrue();
            first.countDown();
            assertThat(Integer.parseInt(client.line(), 16)).isEqualTo("id: 1\ndata: one\n\n".length());
            assertThat(client.line()).isEqualTo("id: 1");
            assertThat(client.line()).isEqualTo("data: one");
            second.countDown();
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEmpty();
            assertThat(Integer.parseInt(client.line(), 16)).isEqualTo("data: two\n\n".length());
            assertThat(client.line()).isEqualTo("data: two");
        }
    }
}
