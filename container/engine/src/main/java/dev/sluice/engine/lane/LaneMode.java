package dev.sluice.engine.lane;

/** The lane that configuration asks for. */
public enum LaneMode {
    /** {@code loop} where the JDK can, otherwise {@code pool}. */
    AUTO,
    /** Virtual threads carried by the loops. */
    LOOP,
    /** The shared pool. */
    POOL,
    /** On the loop itself. */
    INLINE
}
