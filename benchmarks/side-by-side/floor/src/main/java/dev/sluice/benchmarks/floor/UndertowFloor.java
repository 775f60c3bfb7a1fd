package dev.sluice.benchmarks.floor;

import io.undertow.Undertow;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Raw undertow-core, answering on its I/O threads: {@code UndertowFloor PORT}. */
public final class UndertowFloor {
    private UndertowFloor() {}

    public static void main(String[] arguments) {
        ByteBuffer hello = ByteBuffer.allocateDirect(13)
                .put("hello, world\n".getBytes(StandardCharsets.US_ASCII))
                .flip();
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setHandler(exchange -> {
                    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
                    exchange.getResponseSender().send(hello.duplicate());
                })
                .build()
                .start();
    }
}
