package dev.sluice.engine.servlet;

import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.stream.ResponseHead;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the head final: status, trailers, and the Content-Length where the whole body is known (Servlet 6.1, 5.1). */
final class ResponseCommit implements ResponseHead {
    private final HttpExchange exchange;
    private @Nullable Supplier<Map<String, String>> trailers;

    ResponseCommit(HttpExchange exchange) {
        this.exchange = exchange;
    }

    @Nullable
    Supplier<Map<String, String>> trailers() {
        return trailers;
    }

    void trailers(@Nullable Supplier<Map<String, String>> supplier) {
        trailers = supplier;
    }

    @Override
    public void commit(long complete) {
        Supplier<Map<String, String>> supplied = trailers;
        if (supplied != null) {
            exchange.responseTrailers(() -> Trailers.supplied(supplied));
            return;
        }
        Headers headers = exchange.responseHeaders();
        int status = exchange.status();
        boolean bodiless = status == 304 || status == 204 || status < 200;
        boolean unknownHead = complete == 0 && exchange.method().equals("HEAD");
        if (complete >= 0
                && !bodiless
                && !unknownHead
                && !headers.contains("Content-Length")
                && !headers.contains("Transfer-Encoding")) {
            headers.set("Content-Length", Long.toString(complete));
        }
    }
}
