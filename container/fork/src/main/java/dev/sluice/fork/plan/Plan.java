package dev.sluice.fork.plan;

import dev.sluice.fork.report.ForkCost;

/**
 * Rebuilds the mutable part of one graph: a list of steps over an array of slots, which hold the rebuilt objects that others still need.
 *
 * <p>The order of the steps replaces the identity map: an object stays in one slot until all others that refer to it have
 * it, and a step runs when the slots that it reads are set. Immutable, so that any number of threads can fork at once without locks.
 */
public final class Plan {
    private final Object pristine;
    private final Step[] steps;
    /** For each step the class of the objects that it rebuilds. */
    private final Class<?>[] types;

    private final int slots;
    private final int root;
    /** Shared objects that stand in slots because other objects have a rebuilt one in the same place. */
    private final Object[] constants;

    /**
     * @param pristine the root of the private copy
     * @param types for each step the class of the objects that it rebuilds
     * @param root slot of the root, or -1 when all forks share it
     * @param constants what the last slots hold from the start
     */
    Plan(Object pristine, Step[] steps, Class<?>[] types, int slots, int root, Object[] constants) {
        this.pristine = pristine;
        this.steps = steps;
        this.types = types;
        this.slots = slots;
        this.root = root;
        this.constants = constants;
    }

    public Object pristine() {
        return pristine;
    }

    public int size() {
        return steps.length;
    }

    public Object fork() {
        if (root < 0) {
            return pristine;
        }
        Object[] made = slots();
        for (Step step : steps) {
            step.run(made);
        }
        return made[root];
    }

    /** The same by the same steps, noting what collections are filled with. */
    public Object fork(Recorder recorder) {
        Object[] made = slots();
        for (Step step : steps) {
            step.run(made, recorder);
        }
        return made[root];
    }

    /** The same by the same steps, telling what each of them took. */
    void fork(StepMeter meter) {
        Object[] made = slots();
        for (int i = 0; i < steps.length; i++) {
            meter.begin();
            steps[i].run(made);
            meter.end(i);
        }
    }

    /** The class of the objects that a step rebuilds. */
    Class<?> type(int step) {
        return types[step];
    }

    /** What forks take now, of time and of memory: makes some, for some tens of milliseconds and at least one. */
    public ForkCost measure() {
        return root < 0 ? ForkCost.NOTHING : new StepMeter(steps.length).measure(this);
    }

    private Object[] slots() {
        Object[] made = new Object[slots];
        if (constants.length > 0) {
            System.arraycopy(constants, 0, made, slots - constants.length, constants.length);
        }
        return made;
    }
}
