package dev.sluice.transport;

/** A thread that had a loop and waits for it back will not get it: the loop has ended. Ends the turn that it was in the middle of. */
public final class LoopEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoopEndedException(Loop loop) {
        super(loop + " ended while another thread drove it", null, false, false);
    }
}
