package dev.sluice.fork.plan;

/** Rebuilds objects of one class; subclasses are generated for a class and for which of its fields are rebuilt. */
abstract class Copier {
    /**
     * @param pristine the objects to rebuild
     * @param slots where parts are taken from and results are put
     * @param links for each object in turn the slots of its parts, in the order of its fields
     * @param targets for each object its own slot, where it is put or stands already
     */
    abstract void copy(Object[] pristine, Object[] slots, int[] links, int[] targets);
}
