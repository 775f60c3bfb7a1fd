package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection leaves HTTP and belongs to a handler until it is closed (Servlet 6.1, 2.3.3.5). */
class UpgradeTest {
    private static final AtomicInteger DESTROYED = new AtomicInteger();

    @BeforeEach
    void nothingDestroyed() {
        DESTROYED.set(0);
    }

    /** Sends back what it reads, in upper case. */
    public static final class Shout implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            try {
                ServletInputStream in = connection.getInputStream();
                ServletOutputStream out = connection.getOutputStream();
                in.setReadListener(new ReadListener() {
                    @Override
                    public void onDataAvailable() throws IOException {
                        StringBuilder text = new StringBuilder();
                        while (in.isReady()) {
                            text.append((char) in.read());
                        }
                        out.print(text.toString().toUpperCase(java.util.Locale.ROOT));
                        out.flush();
                    }

                    @Override
                    public void onAllDataRead() throws IOException {
                        out.print("bye");
                        out.close();
                    }

                    @Override
                    public void onError(Throwable thrown) {}
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void destroy() {
            DESTROYED.incrementAndGet();
        }
    }

    @Test
    void aFlushedResponseIsAnUpgradeToo() throws IOException {
        AtomicInteger committed = new AtomicInteger();
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/up", (request, response) -> {
                            response.setHeader("Upgrade", "shout");
                            request.upgrade(Shout.class);
                            response.getOutputStream().flush();
                            response.flushBuffer();
                            response.setHeader("X-Late", "x");
                            committed.set(response.isCommitted() ? 1 : 2);
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("GET /app/up HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\n");
            RawResponse answer = client.response();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Upgrade")).contains("shout");
            assertThat(answer.header("X-Late")).isEmpty();
            assertThat(committed).hasValue(1);
            client.send("late");
            client.socket().shutdownOutput();
            assertThat(client.rest()).isEqualTo("LATEbye");
        }
    }

    @Test
    void anErrorIsAnsweredInstead() {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/thrown", (request, response) -> {
                            request.upgrade(Shout.class);
                            throw new IllegalStateException("no");
                        })
                        .servlet("/sent", (request, response) -> {
                            request.upgrade(Shout.class);
                            response.sendError(409, "taken");
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\n";
            client.send("GET /app/thrown" + rest);
            assertThat(client.response().status()).isEqualTo(500);
            client.send("GET /app/sent" + rest);
            assertThat(client.response().status()).isEqualTo(409);
        }
    }

    @Test
    void bytesWithTheHeadAndAfterIt() throws IOException {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/up", (request, response) -> {
                            response.setHeader("Upgrade", "shout");
                            response.setHeader("Connection", "Upgrade");
                            request.upgrade(Shout.class);
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send(
                    "GET /app/up HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: shout\r\n\r\nearly");
            assertThat(client.response().status()).isEqualTo(101);
            client.send("late");
            client.socket().shutdownOutput();
            assertThat(client.rest()).isEqualTo("EARLYLATEbye");
            client.close();
            await().until(() -> DESTROYED.get() == 1);
        }
    }
}
