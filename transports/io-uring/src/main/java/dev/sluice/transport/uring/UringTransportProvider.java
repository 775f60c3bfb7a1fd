package dev.sluice.transport.uring;

import dev.sluice.transport.Availability;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportProvider;
import java.io.IOException;

/** io_uring on Linux 6.1 and newer. */
public final class UringTransportProvider implements TransportProvider {
    /** Found by {@link java.util.ServiceLoader}. */
    public UringTransportProvider() {}

    @Override
    public String name() {
        return "io_uring";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Availability probe() {
        return UringAvailability.probe();
    }

    @Override
    public Transport open(TransportOptions options) throws IOException {
        return new UringTransport(name(), options);
    }
}
