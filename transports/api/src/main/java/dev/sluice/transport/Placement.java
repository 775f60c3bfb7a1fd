package dev.sluice.transport;

/** Which loop gets a new connection; it stays there for life. */
public enum Placement {
    /** The loop with the fewest open connections, the lowest index first among equals. */
    LEAST_CONNECTIONS,
    /** One after the other, whatever they carry. */
    ROUND_ROBIN,
    /** Every loop has a listening socket of its own (SO_REUSEPORT) and the kernel spreads by a hash of the addresses. */
    KERNEL
}
