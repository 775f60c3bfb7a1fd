package dev.sluice.deploy.server;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateOptions;
import dev.sluice.engine.gate.MountOptions;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.Lanes;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** One started application behind a gate of its own, on a free port that only this machine reaches. Any thread. */
public final class Loopback implements AutoCloseable {
    private static final int PERMITS = 8;
    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    private final Lanes lanes;
    private final Gate gate;
    private final HttpTransport transport;

    private Loopback(Lanes lanes, Gate gate, HttpTransport transport) {
        this.lanes = lanes;
        this.gate = gate;
        this.transport = transport;
    }

    /** Serves an application, on threads of the pool. */
    public static Loopback open(Application application) throws IOException {
        Lanes lanes = Lanes.choose(LaneMode.POOL, PERMITS);
        Gate gate = new Gate(GateOptions.DEFAULT, lanes);
        gate.serve(none -> List.of(gate.mount(VirtualHost.DEFAULT, application, MountOptions.DEFAULT)));
        try {
            HttpTransport transport = HttpTransport.open(
                    "nio",
                    TransportOptions.builder().loops(1).build(),
                    HttpOptions.builder().build(),
                    ListenerOptions.at(new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), 0)),
                    gate);
            return new Loopback(lanes, gate, transport);
        } catch (IOException e) {
            lanes.close();
            throw e;
        }
    }

    /** Where it is served. */
    public InetSocketAddress address() {
        return transport.address();
    }

    /** Whether no request is in the application any more. */
    public boolean idle() {
        return gate.activeRequests().isEmpty();
    }

    @Override
    public void close() {
        transport.close();
        lanes.close();
    }
}
