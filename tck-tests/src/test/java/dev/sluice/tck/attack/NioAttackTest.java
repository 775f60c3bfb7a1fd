package dev.sluice.tck.attack;

/** The attack on transport nio. */
class NioAttackTest extends Attack {
    NioAttackTest() {
        super("nio");
    }
}
