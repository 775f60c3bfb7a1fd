package dev.sluice.engine.stream;

/** Makes the head of the response final, right before the first byte of the response leaves. */
public interface ResponseHead {

    /**
     * Called once.
     *
     * @param complete the whole body's length in bytes if it is known now; negative if more may follow
     */
    void commit(long complete);
}
