package dev.sluice.samples.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.api.testing.InMemory;
import dev.sluice.api.testing.InMemoryWebSocket;
import org.junit.jupiter.api.Test;

class LiveApplicationTest {
    @Test
    void countsDown() throws Exception {
        try (InMemory app = InMemory.start(new LiveApplication())) {
            assertThat(app.get("/countdown/2").text())
                    .isEqualTo("id: 2\ndata: 2\n\nid: 1\ndata: 1\n\nid: 0\ndata: go\n\n");
        }
    }

    @Test
    void whatOneSaysAllHear() throws Exception {
        try (InMemory app = InMemory.start(new LiveApplication())) {
            InMemoryWebSocket one = app.webSocket("/chat");
            InMemoryWebSocket two = app.webSocket("/chat");
            one.send("hello");
            one.close();

            assertThat(one.texts()).containsExactly("1 here", "2 here", "hello");
            assertThat(two.texts()).containsExactly("2 here", "hello", "1 here");
        }
    }

    @Test
    void theDigestFollowsTheBody() throws Exception {
        try (InMemory app = InMemory.start(new LiveApplication())) {
            Answer answer = app.call("POST", "/digest").body("abc").send();

            assertThat(answer.text()).isEqualTo("abc");
            assertThat(answer.trailers().first("Digest"))
                    .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
    }
}
