package dev.sluice.engine.lane;

import dev.sluice.engine.application.LaneHint;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The lanes of a server, and which of them a request gets. Made once at start; any thread. */
public final class Lanes implements AutoCloseable {
    private final Lane standard;
    private final Lane loopOrPool;
    private final PoolLane pool;
    private final InlineLane inline = new InlineLane();
    private final boolean chooses;
    private final String description;
    private volatile Object shown = this;

    private Lanes(LaneMode mode, PoolLane pool) {
        String reason = LoopLane.reasonAgainst();
        if (mode == LaneMode.LOOP && !reason.isEmpty()) {
            throw new IllegalStateException("lane loop cannot be used: " + reason + "; use lane auto or pool");
        }
        this.pool = pool;
        loopOrPool = reason.isEmpty() && mode != LaneMode.POOL ? new LoopLane() : pool;
        standard = mode == LaneMode.INLINE ? inline : loopOrPool;
        chooses = mode == LaneMode.AUTO && standard instanceof LoopLane;
        description = describe(mode, reason);
    }

    private String describe(LaneMode mode, String reason) {
        String why = mode != LaneMode.AUTO
                ? "as configured"
                : reason.isEmpty() ? "this JDK lets loops carry virtual threads" : "not loop: " + reason;
        return "lane " + standard.name() + " (" + why + "; pool: " + pool.description() + ")";
    }

    /**
     * Probes the JDK and chooses.
     *
     * @param share threads of the pool that one application may have where there are no virtual threads
     * @throws IllegalStateException if {@code loop} is asked for and cannot be had
     */
    public static Lanes choose(LaneMode mode, int share) {
        return choose(mode, PoolLane.choose(share));
    }

    /**
     * The same with a pool that was chosen already, which is closed with these lanes.
     *
     * @throws IllegalStateException if {@code loop} is asked for and cannot be had
     */
    public static Lanes choose(LaneMode mode, PoolLane pool) {
        return new Lanes(mode, pool);
    }

    /** The lane of requests that want nothing special. */
    public Lane standard() {
        return standard;
    }

    /** The shared pool. */
    public PoolLane pool() {
        return pool;
    }

    /** The lane for a wish. */
    public Lane lane(LaneHint hint) {
        return switch (hint) {
            case AUTO -> standard;
            case INLINE -> inline;
            case LOOP -> loopOrPool;
            case POOL -> pool;
        };
    }

    /**
     * Whether a request with this wish gets a loop only where its route is known to be quick: nobody has asked for the loop, neither for the
     * server nor for the request.
     */
    public boolean wantsProof(LaneHint hint) {
        return chooses && hint == LaneHint.AUTO;
    }

    /** One line for the log: what is in use and why. */
    public String description() {
        return description;
    }

    /** Shows the threads that loops carry, and those of the pool, in the JDK's thread dumps, where it lets us. */
    public void showInThreadDumps(Supplier<? extends Collection<Thread>> carried) {
        Object loops = loopOrPool instanceof LoopLane ? ThreadDumps.show("sluice-loops", carried) : this;
        shown = List.of(loops, pool.showInThreadDumps());
    }

    /** Ends the pool. */
    @Override
    public void close() {
        pool.close();
    }
}
