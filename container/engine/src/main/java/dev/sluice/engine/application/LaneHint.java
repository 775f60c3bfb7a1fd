package dev.sluice.engine.application;

/** What an application says about how a request wants to be run. Configuration may say otherwise. */
public enum LaneHint {
    /** Whatever the server finds best. */
    AUTO,
    /** On the loop: the code is declared not to block and not to burn CPU. */
    INLINE,
    /** On a virtual thread that its loop carries. */
    LOOP,
    /** On the shared pool. */
    POOL
}
