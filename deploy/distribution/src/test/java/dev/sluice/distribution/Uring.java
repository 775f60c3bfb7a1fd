package dev.sluice.distribution;

import org.junit.jupiter.api.Assumptions;

/** Whether tests of a transport can run here. */
final class Uring {
    private Uring() {}

    /** Leaves the test out if the transport is io_uring and the kernel does not let us. */
    static void assume(String transport) {
        if (transport.equals("io_uring")) {
            var probe = java.util.ServiceLoader.load(dev.sluice.transport.TransportProvider.class).stream()
                    .map(java.util.ServiceLoader.Provider::get)
                    .filter(provider -> provider.name().equals(transport))
                    .findFirst()
                    .orElseThrow()
                    .probe();
            Assumptions.assumeTrue(probe.available(), probe.cause());
        }
    }
}
