package dev.sluice.transport;

import java.net.InetSocketAddress;

/** A bound listening socket. All methods may be called from any thread. */
public interface BoundListener extends AutoCloseable {
    /** The address that was bound, with the real port where 0 was asked for. */
    InetSocketAddress address();

    /** Leaves new connections in the kernel's backlog until {@link #resumeAccepts}; those that are open live on. */
    void suspendAccepts();

    /** Accepts again. */
    void resumeAccepts();

    /** How many connections were accepted so far. */
    long accepted();

    /** Stops listening, so that the kernel refuses new connections; those that are open live on. Idempotent. */
    @Override
    void close();
}
