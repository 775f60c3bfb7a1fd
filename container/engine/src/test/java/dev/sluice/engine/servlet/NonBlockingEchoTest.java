package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Non-blocking reading and writing over a connection (Servlet 6.1, 3.7 and 5.5). */
class NonBlockingEchoTest {

    @Test
    void readThenWriteALargeBody() {
        String body = "0123456789abcdef".repeat(20_000);
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/echo", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    ServletInputStream in = request.getInputStream();
                    StringBuilder text = new StringBuilder();
                    in.setReadListener(new ReadListener() {
                        @Override
                        public void onDataAvailable() throws IOException {
                            byte[] chunk = new byte[4096];
                            while (in.isReady()) {
                                int count = in.read(chunk);
                                text.append(new String(chunk, 0, count, "US-ASCII"));
                            }
                        }

                        @Override
                        public void onAllDataRead() throws IOException {
                            ServletOutputStream out = async.getResponse().getOutputStream();
                            out.setWriteListener(new Writer(async, out, text.toString()));
                        }

                        @Override
                        public void onError(Throwable thrown) {
                            async.complete();
                        }
                    });
                })
                .start()) {
            RawResponse response = app.send("POST /app/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(body);
        }
    }

    /** Writes as long as it may. */
    private static final class Writer implements WriteListener {
        private final AsyncContext async;
        private final ServletOutputStream out;
        private final String text;
        private int at;

        Writer(AsyncContext async, ServletOutputStream out, String text) {
            this.async = async;
            this.out = out;
            this.text = text;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (at == text.length()) {
                    async.complete();
                    return;
                }
                int end = Math.min(text.length(), at + 3000);
                out.write(text.substring(at, end).getBytes("US-ASCII"));
                at = end;
            }
        }

        @Override
        public void onError(Throwable thrown) {
            async.complete();
        }
    }
}
