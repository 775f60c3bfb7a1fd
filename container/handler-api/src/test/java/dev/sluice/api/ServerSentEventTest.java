package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerSentEventTest {
    @Test
    void allFieldsAreEncoded() {
        ServerSentEvent event = new ServerSentEvent("one\ntwo", "tick", "7", Duration.ofSeconds(2));

        assertThat(event.encoded()).isEqualTo("event: tick\nid: 7\nretry: 2000\ndata: one\ndata: two\n\n");
    }

    @Test
    void everyKindOfLineEndStartsANewDataLine() {
        assertThat(ServerSentEvent.of("a\rb\r\nc\n").encoded()).isEqualTo("data: a\ndata: b\ndata: c\ndata: \n\n");
        assertThat(ServerSentEvent.of("").encoded()).isEqualTo("data:\n\n");
    }

    @Test
    void typeAndIdCannotStartAnotherField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of("x").withEvent("a\ndata: b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of("x").withId("a\rb"));
    }

    @Test
    void commentsCannotBecomeData() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventSink sink = new EventSink(out);
        sink.comment("a\ndata: b");
        sink.comment("");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(": a\n: data: b\n\n:\n\n");
    }
}
