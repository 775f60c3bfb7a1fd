package dev.sluice.deploy.operation;

import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.deployment.StartTimes;
import dev.sluice.deploy.lifecycle.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is being done to an application.
 *
 * <pre>
 * running -> done | failed | cancelled
 * </pre>
 *
 * All methods may be called from any thread.
 */
public final class Operation {
    /** Where an operation stands. */
    public enum Outcome {
        /** It is under way. */
        RUNNING,
        /** What was asked for is done. */
        DONE,
        /** It is not; what was there before is there still. */
        FAILED,
        /** Somebody stopped it in time. */
        CANCELLED
    }

    private final String id;
    private final String what;
    private final String application;
    private final String who;
    private final Instant begun;
    private final Clock clock;
    private final Consumer<Operation> whenOver;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Deployment next;
    private volatile String hash = "";
    private Outcome outcome = Outcome.RUNNING; // guarded by this
    private String detail = ""; // guarded by this
    private @Nullable Instant ended; // guarded by this

    Operation(String id, String what, String application, String who, Clock clock, Consumer<Operation> whenOver) {
        this.id = id;
        this.what = what;
        this.application = application;
        this.who = who;
        this.clock = clock;
        this.begun = clock.instant();
        this.whenOver = whenOver;
    }

    void starts(Deployment deployment) {
        next = deployment;
    }

    void hash(String sha256) {
        hash = sha256;
    }

    void finish(Outcome how, String why) {
        synchronized (this) {
            if (outcome != Outcome.RUNNING) {
                return;
            }
            outcome = how;
            detail = why;
            ended = clock.instant();
        }
        whenOver.accept(this);
        over.countDown();
    }

    /** Waits for its end; false if it is not over by then. */
    public boolean await(long seconds) throws InterruptedException {
        return over.await(seconds, TimeUnit.SECONDS);
    }

    /** Stops it, if requests do not go to the new generation yet. */
    boolean cancel(Deployments deployments) {
        Deployment starting = next;
        if (starting == null || !deployments.cancel(starting)) {
            return false;
        }
        finish(Outcome.CANCELLED, "cancelled before requests went to it");
        return true;
    }

    /** By which it is asked for. */
    public String id() {
        return id;
    }

    /** What is done, such as {@code deploy}. */
    public String what() {
        return what;
    }

    /** To which application. */
    public String application() {
        return application;
    }

    /** Who asked for it. */
    public String who() {
        return who;
    }

    /** SHA-256 of the archive that was uploaded; empty if none was. */
    public String hash() {
        return hash;
    }

    /** When it began. */
    public Instant begun() {
        return begun;
    }

    /** When it was over; empty while it is under way. */
    public synchronized Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    /** Where it stands. */
    public synchronized Outcome outcome() {
        return outcome;
    }

    /** Why it failed or was cancelled; empty otherwise. */
    public synchronized String detail() {
        return detail;
    }

    /** The parts of the start that it is; none if it is something else. */
    public List<StartTimes.Part> parts() {
        Deployment starting = next;
        return starting == null ? List.of() : starting.parts();
    }

    /** How much of it is done. */
    public int percent() {
        if (outcome() == Outcome.DONE) {
            return 100;
        }
        List<StartTimes.Part> parts = parts();
        long done = parts.stream()
                .filter(part -> part.stage() == StartTimes.Stage.DONE)
                .count();
        return parts.isEmpty() ? 0 : (int) (done * 100 / parts.size());
    }

    /** Ends as the start has ended. */
    void startEnded(Deployment attempted, Deployment serving) {
        if (attempted.state() == State.RUNNING || (attempted == serving && attempted.state() == State.DRAINING)) {
            finish(Outcome.DONE, "");
        } else {
            finish(Outcome.FAILED, attempted.failure().orElse("it was replaced or taken away before it had started"));
        }
    }
}
