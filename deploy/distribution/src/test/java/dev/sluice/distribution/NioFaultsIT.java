package dev.sluice.distribution;

/** On nio. */
class NioFaultsIT extends Faults {
    NioFaultsIT() {
        super("nio");
    }
}
