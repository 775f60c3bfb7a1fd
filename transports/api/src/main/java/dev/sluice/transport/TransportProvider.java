package dev.sluice.transport;

import java.io.IOException;

/** A transport that can be chosen by name; found with {@link java.util.ServiceLoader}. Implementations are stateless. */
public interface TransportProvider {
    /** The name in configuration, such as {@code nio} or {@code io_uring}. */
    String name();

    /** The order in which {@code auto} tries: the highest first. */
    int priority();

    /**
     * Tries, cheaply and without leaving anything behind, whether the transport works on this machine. A positive answer is no
     * promise that {@link #open} succeeds: limits can still be in the way of the real resources.
     */
    Availability probe();

    /**
     * Creates the loops and starts their threads.
     *
     * @throws TransportUnavailableException if the machine does not let us; its message is the cause
     * @throws IOException if something else fails
     */
    Transport open(TransportOptions options) throws IOException;
}
