package dev.sluice.fork;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The forks that one unit of work sees: at most one per template, made when it is first asked for.
 *
 * <p>The three kinds of copy are three ways to get one of these: {@link #forRequest()} (and {@link #forConnection()})
 * for isolated work, {@link #forTask()} for a task that works on the forks of the request that started it, and
 * {@link #forJob()} for a scheduled job that keeps what it changed from run to run.
 *
 * <p>Safe to use from several threads: all of them get the same fork of a template. What the fork itself contains is
 * as thread-safe as the application made it.
 */
public final class Forks {
    private final ForkKind kind;
    private final Memo memo;

    private Forks(ForkKind kind, Memo memo) {
        this.kind = kind;
        this.memo = memo;
    }

    /** Forks for one request, seen by nobody else. */
    public static Forks forRequest() {
        return new Forks(ForkKind.REQUEST, new Memo());
    }

    /** Forks for one WebSocket connection, the same for all its messages. */
    public static Forks forConnection() {
        return new Forks(ForkKind.CONNECTION, new Memo());
    }

    /** Forks for one scheduled job; keep this object for as long as the job is scheduled. */
    public static Forks forJob() {
        return new Forks(ForkKind.JOB, new Memo());
    }

    /** The same forks, for a task started by the owner of this object: either sees what the other changes or makes. */
    public Forks forTask() {
        return new Forks(ForkKind.TASK, memo);
    }

    public ForkKind kind() {
        return kind;
    }

    /** The fork of this template; made now if this is the first call for it here or in a task of the same request. */
    public <T> T get(Template<T> template) {
        return memo.get(template);
    }

    /** Whether a fork of this template was made; says so without making it. */
    public boolean touched(Template<?> template) {
        return memo.find(template) != null;
    }

    /** How many templates were forked here. */
    public int size() {
        return memo.pairs.length / 2;
    }

    @Override
    public String toString() {
        return "Forks[" + kind + ", " + size() + " made]";
    }

    /** Template and fork side by side in an array that is replaced, never changed: readers need no lock. */
    private static final class Memo {
        private static final Object[] NONE = {};

        private volatile Object[] pairs = NONE;

        @SuppressWarnings("unchecked")
        <T> T get(Template<T> template) {
            Object made = find(template);
            return made != null ? (T) made : make(template);
        }

        @Nullable
        Object find(Template<?> template) {
            Object[] now = pairs;
            for (int i = 0; i < now.length; i += 2) {
                if (now[i] == template) {
                    return now[i + 1];
                }
            }
            return null;
        }

        @SuppressWarnings("unchecked")
        private synchronized <T> T make(Template<T> template) {
            Object made = find(template);
            if (made != null) {
                return (T) made;
            }
            T fork = template.counted();
            Object[] now = pairs;
            Object[] next = Arrays.copyOf(now, now.length + 2);
            next[now.length] = template;
            next[now.length + 1] = fork;
            pairs = next;
            return fork;
        }
    }
}
