package dev.sluice.engine.http.http2;

/**
 * The streams that were closed last: frames for them may still be on their way (RFC 9113, 5.1), which tells them from frames for streams that
 * never were. On the loop.
 */
final class ClosedStreams {
    private static final int MOST = 256;

    private final int[] ids = new int[MOST];
    private final long[] windows = new long[MOST];
    private final boolean[] reset = new boolean[MOST];
    private int next;

    void add(int id, long window, boolean resetByUs) {
        ids[next] = id;
        windows[next] = window;
        reset[next] = resetByUs;
        next = (next + 1) % MOST;
    }

    private int find(int id) {
        for (int i = 0; i < MOST; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    boolean contains(int id) {
        return find(id) >= 0;
    }

    /** Whether we have reset it, so that the client could not know better. */
    boolean resetByUs(int id) {
        int at = find(id);
        return at >= 0 && reset[at];
    }

    /** Counts a window update that came late; false if the window is too large now. */
    boolean widen(int id, int increment) {
        int at = find(id);
        if (at < 0) {
            return true;
        }
        windows[at] += increment;
        return windows[at] <= Frames.LARGEST_WINDOW;
    }
}
