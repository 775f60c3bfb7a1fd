package dev.sluice.transport.contract;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.OptionMap;

/**
 * Serves {@code hello} on a transport until standard input ends, for measurements: {@code Serve TRANSPORT LOOPS inline|dispatched}. What is
 * measured is the transport under undertow-core, without the engine.
 */
public final class Serve {
    private Serve() {}

    /** Prints the address, then waits. */
    public static void main(String[] arguments) throws Exception {
        int loops = Integer.parseInt(arguments[1]);
        boolean dispatched = arguments[2].equals("dispatched");
        try (Transport transport = TransportFixture.provider(arguments[0])
                .open(TransportOptions.builder()
                        .loops(loops)
                        .threadName("serve")
                        .build())) {
            byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
            HttpHandler hello = exchange -> {
                exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
                exchange.getResponseSender().send(ByteBuffer.wrap(body));
            };
            HttpOpenListener http = new HttpOpenListener(transport.buffers(), OptionMap.EMPTY);
            http.setRootHandler(
                    dispatched
                            ? exchange ->
                                    exchange.dispatch(exchange.getConnection().getWorker(), hello)
                            : hello);
            BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), http);
            System.out.println("http://127.0.0.1:" + listener.address().getPort() + "/");
            while (System.in.read() >= 0) {
                continue;
            }
            transport
                    .loops()
                    .forEach(loop ->
                            System.out.println(loop + " " + loop.counters().connectionsTotal()));
        }
    }
}
