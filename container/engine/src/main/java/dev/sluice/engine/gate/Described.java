package dev.sluice.engine.gate;

import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.http.FixedRequest;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.observe.CompletedRequest;
import org.jspecify.annotations.Nullable;

/** What observers are told of a request. */
final class Described {
    private Described() {}

    /** Of one that had an exchange. */
    static CompletedRequest of(HttpExchange exchange, @Nullable Mount mount, String lane) {
        long nanos = System.nanoTime() - exchange.startNanos();
        String query = exchange.queryString();
        return new CompletedRequest(
                mount == null ? "" : mount.application().name(),
                mount == null ? "" : mount.application().version(),
                exchange.method(),
                query == null ? exchange.rawPath() : exchange.rawPath() + "?" + query,
                exchange.protocol(),
                exchange.sentStatus(),
                exchange.bytesSent(),
                exchange.bytesReceived(),
                nanos,
                System.currentTimeMillis() - nanos / 1_000_000,
                exchange.requestId(),
                exchange.remoteAddress(),
                exchange.user(),
                exchange.answerer(),
                lane,
                exchange.hostName(),
                exchange.referrer(),
                exchange.userAgent(),
                exchange.failure());
    }

    /** Of one that the loop answered without an exchange. */
    static CompletedRequest of(FixedRequest request, Mount mount) {
        long nanos = System.nanoTime() - request.startNanos();
        return new CompletedRequest(
                mount.application().name(),
                mount.application().version(),
                request.method(),
                request.target(),
                "HTTP/1.1",
                request.status(),
                request.bytesSent(),
                0,
                nanos,
                System.currentTimeMillis() - nanos / 1_000_000,
                request.requestId(),
                request.remoteAddress(),
                null,
                Answerer.GATE,
                "",
                request.hostName(),
                request.referer(),
                request.userAgent(),
                null);
    }
}
