package dev.sluice.deploy.deployment;

import dev.sluice.deploy.lifecycle.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far a start has come, and how long each of its parts took. Written by one thread at a time, read by any. */
public final class StartTimes {
    private final long origin = System.nanoTime();
    private final List<String> names;
    private final long[] begun; // guarded by this
    private final long[] ended; // guarded by this
    private final boolean[] failed; // guarded by this

    StartTimes(String... names) {
        this.names = List.of(names);
        this.begun = new long[names.length];
        this.ended = new long[names.length];
        this.failed = new boolean[names.length];
        Arrays.fill(ended, -1);
        Arrays.fill(begun, -1);
        begun[0] = 0;
    }

    /** Where a part stands. */
    public enum Stage {
        /** It has not begun. */
        PENDING,
        /** It is under way. */
        RUNNING,
        /** It is over. */
        DONE,
        /** It is over and failed. */
        FAILED
    }

    /**
     * A part of a start.
     *
     * @param name what is done
     * @param stage where it stands
     * @param time how long it took, or takes so far; zero if it has not begun
     */
    public record Part(String name, Stage stage, Duration time) {}

    Steps.Action timed(String name, Steps.Action action) {
        return () -> {
            begun(name);
            try {
                action.run();
            } catch (Throwable e) {
                failed(name);
                throw e;
            }
            ended(name);
        };
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private synchronized void begun(String name) {
        begun[names.indexOf(name)] = now();
    }

    private synchronized void failed(String name) {
        failed[names.indexOf(name)] = true;
        ended(name);
    }

    synchronized void ended(String name) {
        ended[names.indexOf(name)] = now();
    }

    synchronized List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < begun.length; i++) {
            Stage stage =
                    begun[i] < 0 ? Stage.PENDING : ended[i] < 0 ? Stage.RUNNING : failed[i] ? Stage.FAILED : Stage.DONE;
            long until = ended[i] < 0 ? now() : ended[i];
            parts.add(new Part(names.get(i), stage, Duration.ofNanos(begun[i] < 0 ? 0 : until - begun[i])));
        }
        return parts;
    }
}
