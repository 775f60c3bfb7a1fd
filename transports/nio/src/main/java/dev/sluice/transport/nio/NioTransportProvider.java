package dev.sluice.transport.nio;

import dev.sluice.transport.Availability;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportProvider;
import java.io.IOException;

/** Selectors of the JDK: works everywhere. */
public final class NioTransportProvider implements TransportProvider {
    /** Found by {@link java.util.ServiceLoader}. */
    public NioTransportProvider() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Availability probe() {
        return Availability.yes();
    }

    @Override
    public Transport open(TransportOptions options) throws IOException {
        return new NioTransport(name(), options);
    }
}
