package dev.sluice.engine.session;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one application. {@link #start} takes stored sessions back and begins to look for idle ones,
 * {@link #stop} hands the live ones to the store or, without a store, ends them. Safe for use by many threads.
 */
public final class Sessions {
    private static final System.Logger LOG = System.getLogger("dev.sluice.session");
    private static final SessionIds IDS = new SessionIds();

    private final SessionOptions options;
    private final ServletContext context;
    private final ClassLoader loader;
    private final SessionListeners listeners;
    private final @Nullable SessionStore store;
    private final InstantSource clock;
    private final Map<String, Session> live = new ConcurrentHashMap<>();
    private final AtomicInteger reserved = new AtomicInteger();
    private final LongAdder created = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile int timeoutSeconds;
    private volatile @Nullable ScheduledFuture<?> sweeping;

    /**
     * The sessions of an application, none yet.
     *
     * @param context what {@code HttpSession.getServletContext} returns
     * @param loader the application's class loader: of listeners that run outside of a request, and of stored attributes
     * @param store where sessions go when the application stops; null: they end then
     */
    public Sessions(
            SessionOptions options,
            ServletContext context,
            ClassLoader loader,
            SessionListeners listeners,
            @Nullable SessionStore store,
            InstantSource clock) {
        this.options = options;
        this.context = context;
        this.loader = loader;
        this.listeners = listeners;
        this.store = store;
        this.clock = clock;
        this.timeoutSeconds =
                (int) Math.max(-1, Math.min(Integer.MAX_VALUE, options.timeout().toSeconds()));
    }

    /** Takes stored sessions back, and looks for idle ones from now on. */
    public void start(ScheduledExecutorService scheduler) {
        restore();
        long millis = options.sweepInterval().toMillis();
        sweeping = scheduler.scheduleWithFixedDelay(this::sweepQuietly, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes what is in the store: at start, and again once an older version of the application has stopped. A session
     * that cannot be read is dropped with a warning.
     */
    public void restore() {
        if (store == null) {
            return;
        }
        try {
            List<StoredSession> stored = store.take();
            inApplication(() -> stored.forEach(this::restore));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "stored sessions of " + name() + " cannot be read; they are lost", e);
        }
    }

    private void restore(StoredSession stored) {
        try {
            Session session = new SessionSerializer(loader, options.serialFilter()).read(stored, this);
            if (live.putIfAbsent(stored.id(), session) != null) {
                return;
            }
            reserved.incrementAndGet();
            if (!expireIfIdle(session)) {
                session.attributes().values().forEach(value -> SessionListeners.didActivate(session, value));
            }
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a stored session of " + name() + " cannot be read; it is lost", e);
        }
    }

    /** Stops the search, then stores or ends what is live. */
    public void stop() {
        ScheduledFuture<?> task = sweeping;
        if (task != null) {
            task.cancel(false);
        }
        inApplication(store == null ? this::endAll : () -> passivateAll(store));
        live.clear();
    }

    private void endAll() {
        live.values().forEach(this::end);
    }

    private void passivateAll(SessionStore target) {
        SessionSerializer serializer = new SessionSerializer(loader, options.serialFilter());
        List<StoredSession> stored = new ArrayList<>();
        for (Session session : live.values()) {
            if (expireIfIdle(session)) {
                continue;
            }
            try {
                session.attributes().values().forEach(value -> SessionListeners.willPassivate(session, value));
                stored.add(serializer.write(session));
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, session + " of " + name() + " cannot be stored; it is lost", e);
            }
            session.endSilently();
        }
        try {
            target.save(stored);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, stored.size() + " sessions of " + name() + " cannot be stored", e);
        }
    }

    /**
     * A new session, in use by the caller until it is released.
     *
     * @param sharedId an id that a session of another application of the same request has already: cross-context
     *     dispatches find their session by it (Servlet 6.1, 7.3); never one that only the client vouches for
     * @throws IllegalStateException if there are as many as the limit allows
     */
    Session create(@Nullable String sharedId) {
        if (reserved.incrementAndGet() > options.maxSessions() && options.maxSessions() > 0) {
            reserved.decrementAndGet();
            rejected.increment();
            throw new IllegalStateException("no more sessions in " + name() + ": there are " + options.maxSessions()
                    + " (expected: fewer than sessions.max); raise the limit or shorten the timeout");
        }
        long now = now();
        Session session = new Session(this, sharedId == null ? IDS.next() : sharedId, now, now, timeoutSeconds, true);
        session.use();
        while (live.putIfAbsent(session.getId(), session) != null) {
            session.id(IDS.next());
        }
        created.increment();
        listeners.created(session);
        return session;
    }

    /** The session of a request that names it, in use by the caller until it is released; null if it is not live. */
    @Nullable
    Session join(String id) {
        Session session = live.get(id);
        if (session == null) {
            return null;
        }
        if (session.join(now())) {
            return session;
        }
        expireIfIdle(session);
        return null;
    }

    /** A live session, without using it; null if there is none. Administrators look and end, nobody reads attributes. */
    public @Nullable Session find(String id) {
        Session session = live.get(id);
        return session != null && session.live() && !session.idleTooLong(now()) ? session : null;
    }

    /** Whether a live session has this id: then its requests belong to this version of the application. */
    public boolean owns(String id) {
        return find(id) != null;
    }

    /** The live sessions, as they come and go. */
    public Collection<Session> all() {
        return Collections.unmodifiableCollection(live.values());
    }

    /** Gives a session a new id; the old one is dead at once (Servlet 6.1, 13.10). Returns the new one. */
    String changeId(Session session) {
        String newId = IDS.next();
        String oldId;
        synchronized (session) {
            oldId = session.getId();
            if (!session.live()) {
                throw new IllegalStateException("the id of a session that has ended cannot change: " + session);
            }
            live.put(newId, session);
            session.id(newId);
            live.remove(oldId, session);
        }
        forget(oldId);
        listeners.idChanged(session, oldId);
        return newId;
    }

    void invalidate(Session session) {
        if (session.beginEnd(false, now())) {
            live.remove(session.getId(), session);
            reserved.decrementAndGet();
            forget(session.getId());
            session.finishEnd(listeners).rethrow();
        }
    }

    /** Sees to it that the store does not give it back after a crash. */
    private void forget(String id) {
        if (store == null) {
            return;
        }
        try {
            store.forget(id);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the store of " + name()
                            + " cannot note that a session has ended; after a crash it would come back",
                    e);
        }
    }

    boolean expireIfIdle(Session session) {
        if (!session.beginEnd(true, now())) {
            return false;
        }
        expired.increment();
        finish(session);
        return true;
    }

    void endUnused(Session session) {
        if (session.beginEndUnused()) {
            finish(session);
        }
    }

    private void end(Session session) {
        if (session.beginEnd(false, now())) {
            finish(session);
        }
    }

    private void finish(Session session) {
        if (live.remove(session.getId(), session)) {
            reserved.decrementAndGet();
        }
        forget(session.getId());
        inApplication(() -> session.finishEnd(listeners)
                .report(e -> LOG.log(System.Logger.Level.ERROR, "a listener failed at the end of " + session, e)));
    }

    /** Ends every session that has been idle for too long; the scheduler does this now and then. */
    public void sweep() {
        long now = now();
        for (Session session : live.values()) {
            if (session.idleTooLong(now)) {
                expireIfIdle(session);
            }
        }
    }

    private void sweepQuietly() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "looking for idle sessions of " + name() + " failed; trying again", e);
        }
    }

    private void inApplication(Runnable action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The idle time in seconds of sessions made from now on; zero or negative: never. */
    public void timeoutSeconds(int value) {
        timeoutSeconds = value;
    }

    public int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Numbers for the console and the metrics. */
    public Statistics statistics() {
        return new Statistics(live.size(), created.sum(), expired.sum(), rejected.sum());
    }

    long now() {
        return clock.millis();
    }

    ServletContext context() {
        return context;
    }

    SessionListeners listeners() {
        return listeners;
    }

    private String name() {
        String path = context.getContextPath();
        return path.isEmpty() ? "/" : path;
    }

    /** Live now; made, ended by being idle, and refused since the start. */
    public record Statistics(int live, long created, long expired, long rejected) {}
}
