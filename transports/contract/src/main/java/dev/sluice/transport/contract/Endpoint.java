package dev.sluice.transport.contract;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xnio.StreamConnection;

/** A listener without HTTP: each client socket is given together with the server's end of it. */
public final class Endpoint implements AutoCloseable {
    private final Transport transport;
    private final BoundListener listener;
    private final BlockingQueue<StreamConnection> opened = new LinkedBlockingQueue<>();

    /** Listens on a free port of the loopback address. */
    public Endpoint(Transport transport) {
        this.transport = transport;
        try {
            this.listener = transport.listen(ListenerOptions.at(loopback(0)), opened::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Transport transport() {
        return transport;
    }

    BoundListener listener() {
        return listener;
    }

    /** Connects a client and waits for the server's end. */
    Pair connect() throws IOException, InterruptedException {
        Socket client =
                new Socket(listener.address().getAddress(), listener.address().getPort());
        client.setTcpNoDelay(true);
        client.setSoTimeout(60_000);
        StreamConnection server = opened.poll(60, TimeUnit.SECONDS);
        if (server == null) {
            throw new IOException("no connection was opened within 60 s");
        }
        return new Pair(client, server, transport.loop(server.getIoThread()));
    }

    @Override
    public void close() {
        listener.close();
    }

    /** Both ends of one connection. */
    record Pair(Socket client, StreamConnection server, Loop loop) implements AutoCloseable {
        /** Runs something on the connection's loop and waits for its result. */
        <T> T onLoop(Callable<T> task) throws Exception {
            CompletableFuture<T> result = new CompletableFuture<>();
            loop.execute(() -> {
                try {
                    result.complete(task.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            return result.get(60, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }
}
