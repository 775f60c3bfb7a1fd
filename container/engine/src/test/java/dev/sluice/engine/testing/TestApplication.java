package dev.sluice.engine.testing;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.http.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An application as a lambda. */
@FunctionalInterface
public interface TestApplication extends Application {
    @Override
    void handle(Call call) throws Throwable;

    @Override
    default String name() {
        return "test";
    }

    @Override
    default String contextPath() {
        return "";
    }

    /** Answers with this text. */
    static void text(Call call, String text) throws IOException {
        call.exchange().responseBody().writeLast(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The whole request body as text; parks for it. */
    static String body(HttpExchange exchange) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        for (int count; (count = exchange.requestBody().read(buffer)) >= 0; buffer.clear()) {
            if (count == 0) {
                exchange.requestBody().awaitReadable();
            }
            all.write(buffer.array(), 0, count);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
