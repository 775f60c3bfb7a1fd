package dev.sluice.transport.contract;

import dev.sluice.transport.Availability;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportProvider;
import java.io.IOException;

/** A transport whose connections behave badly in ways that the network can. */
final class FaultyProvider implements TransportProvider {
    static final String PREFIX = "faults:";

    private final TransportProvider real;

    FaultyProvider(TransportProvider real) {
        this.real = real;
    }

    @Override
    public String name() {
        return PREFIX + real.name();
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Availability probe() {
        return real.probe();
    }

    @Override
    public Transport open(TransportOptions options) throws IOException {
        return new FaultyTransport(real.open(options), Faults.fromSeed());
    }
}
