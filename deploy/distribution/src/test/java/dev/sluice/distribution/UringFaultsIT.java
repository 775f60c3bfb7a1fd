package dev.sluice.distribution;

/** On io_uring. */
class UringFaultsIT extends Faults {
    UringFaultsIT() {
        super("io_uring");
    }
}
