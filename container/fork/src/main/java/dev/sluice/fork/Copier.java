package dev.sluice.fork;

/** Rebuilds objects of one class; subclasses are generated for a class and for which of its fields are rebuilt. */
abstract class Copier {
    /**
     * @param pristine the objects to rebuild
     * @param slots where parts are taken from and results are put
     * @param links for each object in turn the slots of its parts, in the order of its fields, and behind them its own; when objects
     *     are filled their own slot comes first
     */
    abstract void copy(Object[] pristine, Object[] slots, int[] links);
}
