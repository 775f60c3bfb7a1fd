package dev.sluice.fork.plan;

/** One step of a plan: rebuilds a group of objects. Immutable; used by many threads at once. */
abstract class Step {
    /**
     * Takes parts from the slots and puts what it makes into the slots.
     *
     * @param slots the objects of this fork that exist so far; index 0 is always null
     */
    abstract void run(Object[] slots);

    /** The same, noting what collections are filled with. */
    void run(Object[] slots, Recorder recorder) {
        run(slots);
    }
}
