package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.Placement;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportProvider;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xnio.StreamConnection;

/** Binding, accepting, placing and stopping to accept. */
@ExtendWith(TransportFixture.class)
public class ListenerContractTest {
    private static Socket connect(BoundListener listener) throws IOException {
        return new Socket(listener.address().getAddress(), listener.address().getPort());
    }

    @Test
    void portZeroGivesTheRealPort(Transport transport) throws IOException {
        try (BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), connection -> {})) {
            assertThat(listener.address().getPort()).isPositive();
            assertThat(listener.address().getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        }
    }

    @Test
    void aPortInUseIsABindException(Transport transport) throws IOException {
        try (BoundListener first = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), connection -> {})) {
            assertThatThrownBy(() -> transport.listen(ListenerOptions.at(first.address()), connection -> {}))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void aClosedListenerRefusesButItsConnectionsLive(Transport transport) throws Exception {
        BlockingQueue<StreamConnection> opened = new LinkedBlockingQueue<>();
        BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), opened::add);
        try (Socket client = connect(listener)) {
            StreamConnection server = opened.poll(60, TimeUnit.SECONDS);
            assertThat(server).isNotNull();
            listener.close();
            listener.close();
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> connect(listener).close()).isInstanceOf(ConnectException.class));
            assertThat(server.isOpen()).isTrue();
            assertThat(listener.accepted()).isEqualTo(1);
            server.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        // The port is free again.
        transport
                .listen(ListenerOptions.at(listener.address()), connection -> {})
                .close();
    }

    @Test
    void suspendedConnectionsWaitInTheBacklog(Transport transport) throws Exception {
        BlockingQueue<StreamConnection> opened = new LinkedBlockingQueue<>();
        try (BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), opened::add)) {
            listener.suspendAccepts();
            for (Loop loop : transport.loops()) {
                java.util.concurrent.CountDownLatch turned = new java.util.concurrent.CountDownLatch(1);
                loop.executeAfter(turned::countDown, 50, TimeUnit.MILLISECONDS);
                assertThat(turned.await(60, TimeUnit.SECONDS)).isTrue();
            }
            try (Socket client = connect(listener)) {
                assertThat(opened.poll(300, TimeUnit.MILLISECONDS)).isNull();
                listener.resumeAccepts();
                assertThat(opened.poll(60, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    /** A listener that is just starting does not undo it. */
    @Test
    void suspendingAtOnceHolds(Transport transport) throws Exception {
        BlockingQueue<StreamConnection> opened = new LinkedBlockingQueue<>();
        Loop home = transport.loops().get(0);
        for (int i = 0; i < 3_000; i++) {
            try (BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), opened::add)) {
                listener.suspendAccepts();
                try (Socket client = connect(listener)) {
                    for (int turn = 0; turn < 3; turn++) {
                        CompletableFuture<Void> turned = new CompletableFuture<>();
                        home.executeAfter(() -> turned.complete(null), 10, TimeUnit.MICROSECONDS);
                        turned.join();
                    }
                    assertThat(opened).as("listener " + i + " of " + client).isEmpty();
                }
            }
        }
    }

    @Test
    void connectionsGoToTheLoopWithTheFewest(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), connection -> {})) {
            for (int i = 0; i < 20; i++) {
                clients.add(connect(listener));
            }
            await().until(() -> listener.accepted() == 20);
            assertThat(transport.loops()).allMatch(loop -> loop.counters().connectionsOpen() == 10);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aHeldLoopGetsNoNewConnections(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        transport.loops().get(0).held(true);
        try (BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), connection -> {})) {
            for (int i = 0; i < 6; i++) {
                clients.add(connect(listener));
            }
            await().until(() -> listener.accepted() == 6);
            assertThat(transport.loops().get(0).counters().connectionsTotal()).isZero();
            transport.loops().get(0).held(false);
            clients.add(connect(listener));
            await().until(() -> transport.loops().get(0).counters().connectionsTotal() == 1);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** The loop that accepts is the first one, and it really does nothing else here. */
    @Test
    void whileTheAcceptingLoopIsHeldAnotherOneAccepts(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        java.util.concurrent.CountDownLatch back = new java.util.concurrent.CountDownLatch(1);
        java.util.concurrent.CountDownLatch busy = new java.util.concurrent.CountDownLatch(1);
        Loop home = transport.loops().get(0);
        try (BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), connection -> {})) {
            clients.add(connect(listener));
            await().until(() -> listener.accepted() == 1);
            home.execute(() -> {
                busy.countDown();
                try {
                    back.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
            home.held(true);
            for (int i = 0; i < 5; i++) {
                clients.add(connect(listener));
            }
            await().until(() -> listener.accepted() == 6);
            assertThat(transport.loops().get(1).counters().connectionsTotal()).isEqualTo(5);
            back.countDown();
            home.held(false);
            clients.add(connect(listener));
            await().until(() -> listener.accepted() == 7);
        } finally {
            back.countDown();
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void theKernelCanSpreadConnectionsOverTheLoops(TransportProvider provider) throws Exception {
        List<Socket> clients = new ArrayList<>();
        TransportOptions options =
                TransportOptions.builder().loops(2).placement(Placement.KERNEL).build();
        try (Transport transport = provider.open(options);
                BoundListener listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), connection -> {})) {
            for (int i = 0; i < 64; i++) {
                clients.add(connect(listener));
            }
            await().until(() -> listener.accepted() == 64);
            assertThat(transport.loops()).allMatch(loop -> loop.counters().connectionsTotal() > 0);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void ipv6IsServed(Transport transport) throws Exception {
        InetSocketAddress six = new InetSocketAddress("::1", 0);
        BoundListener listener;
        try {
            listener = transport.listen(ListenerOptions.at(six), connection -> {});
        } catch (BindException e) {
            Assumptions.abort("no IPv6 on this machine: " + e.getMessage());
            return;
        }
        try (listener;
                Socket client = connect(listener)) {
            await().until(() -> listener.accepted() == 1);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void oneThousandConnectionsAreServedAtOnce(HttpUnderTest http) throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                wires.add(http.connect());
            }
            for (Wire wire : wires) {
                wire.get("/hello");
            }
            for (Wire wire : wires) {
                assertThat(wire.reply().body()).isEqualTo("hello");
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }
}
