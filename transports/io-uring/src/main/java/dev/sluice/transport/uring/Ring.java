package dev.sluice.transport.uring;

import java.io.IOException;

/**
 * One pair of submission and completion queues, so small that another binding to the kernel can replace the one in use. Everything but
 * {@link #wakeUp} happens on the thread that drives the loop. Submissions are only queued; the next {@link #poll} hands them to the kernel together.
 */
interface Ring {
    /** Who gets the completions of what it submitted. */
    interface Handler {
        /**
         * An operation completed.
         *
         * @param tag the tag given at submission
         * @param result what the system call would return: a count, a descriptor or a negative error number
         * @param more whether further completions of the same submission follow
         */
        void completed(int tag, int result, boolean more);

        /** {@link #completed} has thrown something, half way. */
        void failed();
    }

    /** The right to submit. */
    interface Registration {
        /** Queues an operation; the answer names it for {@link #cancel}. */
        long submit(Operation operation, int descriptor, long address, int length, int flags, int tag);

        /** Asks for the cancellation of an operation; it still completes, perhaps with its own result. */
        void cancel(long submission);

        /** Ends the right; completions that are still to come are dropped. */
        void release();
    }

    /** What can be submitted. */
    enum Operation {
        /** Wait until a listening socket has connections. */
        AWAIT_CONNECTIONS,
        /** Take bytes; look first whether some are there. */
        RECEIVE,
        /** Take bytes when there are some; nothing is expected to be there already. */
        RECEIVE_LATER,
        /** Send bytes. */
        SEND,
        /** Wait until the kernel takes bytes, or the connection is broken. */
        AWAIT_ROOM
    }

    /** Makes the ring usable. On the loop's own thread; another thread that drives the loop later uses it too. */
    void enable();

    /** Registers a handler. */
    Registration register(Handler handler) throws IOException;

    /** Hands over what was submitted, waits at most that long for a completion (0: not at all, -1: no limit), handles all. */
    void poll(long nanos);

    /** Lets a waiting poll return; from any thread. */
    void wakeUp();

    /** Gives everything back; waits shortly for operations in flight. */
    void close();
}
