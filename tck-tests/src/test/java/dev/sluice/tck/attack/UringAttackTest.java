package dev.sluice.tck.attack;

/** The attack on transport io_uring. */
class UringAttackTest extends Attack {
    UringAttackTest() {
        super("io_uring");
    }
}
