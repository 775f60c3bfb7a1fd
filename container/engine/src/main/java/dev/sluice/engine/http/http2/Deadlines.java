package dev.sluice.engine.http.http2;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the client owes a connection, and until when. One timer, which is set for the earliest of them and looks again when it fires; so a
 * request costs no timer. On the loop.
 *
 * <pre>
 * what                                      since                            limit
 * preface, a frame but DATA, header block   its first byte                   head
 * DATA, half a frame of it                  its last byte                    write
 * the acknowledgement of our settings       the preface                      head
 * taking what is to be sent                 the last byte taken              write
 * a stream                                  the end of the last, the start   idle
 * </pre>
 *
 * <p>A PING or any other frame that is no request does not count as life.
 */
final class Deadlines {
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Http2Connection connection;
    private final Loop loop;
    private final Http2Settings settings;
    private @Nullable Runnable cancel;
    private long due;
    private boolean closed;

    private boolean partial = true; // the preface
    private boolean partialData;
    private long partialSince;
    private boolean block;
    private long blockSince;
    private boolean unacknowledged = true;
    private long settingsSince;
    private boolean blocked;
    private long takenSince;
    private volatile long taken; // written on the loop
    private volatile boolean idle = true;
    private volatile long idleSince = System.nanoTime();
    private boolean lingering;
    private long lingerSince;

    Deadlines(Http2Connection connection, Loop loop, Http2Settings settings) {
        this.connection = connection;
        this.loop = loop;
        this.settings = settings;
    }

    void begin() {
        long now = System.nanoTime();
        partialSince = now;
        settingsSince = now;
        idleSince = now;
        look();
    }

    /** Bytes were read. */
    void received(FrameReader reader, boolean inBlock) {
        boolean data = reader.inData();
        if (!reader.inFrame()) {
            partial = false;
        } else if (!partial || data || partialData) {
            partial = true;
            partialSince = System.nanoTime();
        }
        partialData = data;
        if (inBlock && !block) {
            blockSince = System.nanoTime();
        }
        block = inBlock;
    }

    /** A frame has ended, so another one that has begun is younger. */
    void frameEnded() {
        if (partial) {
            partial = false;
        }
    }

    void acknowledged() {
        unacknowledged = false;
    }

    void wrote(long bytes, boolean all) {
        if (all) {
            blocked = false;
        } else if (!blocked || bytes != taken) {
            blocked = true;
            takenSince = System.nanoTime();
        }
        taken = bytes;
    }

    /** Bytes that the client has taken of what was to be sent; any thread. */
    long taken() {
        return taken;
    }

    boolean idle() {
        return idle;
    }

    long idleSince() {
        return idleSince;
    }

    void linger() {
        lingering = true;
        lingerSince = System.nanoTime();
    }

    /** At the end of a turn: notes whether there is a stream, and sets the timer if something is due earlier than it. */
    void look() {
        boolean streams = connection.hasStreams();
        if (streams) {
            idle = false;
        } else if (!idle) {
            idle = true;
            idleSince = System.nanoTime();
        }
        if (closed) {
            return;
        }
        long next = next();
        if (next != Long.MAX_VALUE && (cancel == null || next - due < 0)) {
            arm(next);
        }
    }

    private void arm(long at) {
        Runnable before = cancel;
        if (before != null) {
            before.run();
        }
        due = at;
        try {
            cancel = loop.after(Duration.ofNanos(Math.max(0, at - System.nanoTime())), this::fire);
        } catch (RejectedExecutionException e) {
            cancel = null; // The loop ends, and the connection with it.
        }
    }

    private void fire() {
        cancel = null;
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        if (lingering && passed(lingerSince, LINGER, now)) {
            connection.close(new IOException("the client did not close the connection after GOAWAY"));
        } else if (partial
                && passed(partialSince, partialData ? settings.writeTimeout() : settings.headTimeout(), now)) {
            connection.evict(ErrorCode.NO_ERROR, "a frame was not complete in time");
        } else if (block && passed(blockSince, settings.headTimeout(), now)) {
            connection.evict(ErrorCode.ENHANCE_YOUR_CALM, "a header block was not complete in time");
        } else if (unacknowledged && passed(settingsSince, settings.headTimeout(), now)) {
            connection.evict(ErrorCode.SETTINGS_TIMEOUT, "SETTINGS was not acknowledged in time");
        } else if (blocked && passed(takenSince, settings.writeTimeout(), now)) {
            connection.evict(ErrorCode.NO_ERROR, "the client took nothing of what was sent");
        } else if (idle && passed(idleSince, settings.idleTimeout(), now)) {
            connection.evict(ErrorCode.NO_ERROR, "no request came in time");
        }
        look();
    }

    private static boolean passed(long since, Duration limit, long now) {
        return !limit.isZero() && now - since >= limit.toNanos();
    }

    private long next() {
        long next = Long.MAX_VALUE;
        next = earlier(next, lingering, lingerSince, LINGER);
        next = earlier(next, partial, partialSince, partialData ? settings.writeTimeout() : settings.headTimeout());
        next = earlier(next, block, blockSince, settings.headTimeout());
        next = earlier(next, unacknowledged, settingsSince, settings.headTimeout());
        next = earlier(next, blocked, takenSince, settings.writeTimeout());
        return earlier(next, idle, idleSince, settings.idleTimeout());
    }

    private static long earlier(long known, boolean applies, long since, Duration limit) {
        if (!applies || limit.isZero()) {
            return known;
        }
        long at = since + limit.toNanos();
        return known == Long.MAX_VALUE || at - known < 0 ? at : known;
    }

    void close() {
        closed = true;
        Runnable pending = cancel;
        cancel = null;
        if (pending != null) {
            pending.run();
        }
    }
}
