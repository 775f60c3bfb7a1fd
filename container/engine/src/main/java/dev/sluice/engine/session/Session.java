package dev.sluice.engine.session;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session of one application (Servlet 6.1, 7), in the states
 *
 * <pre>
 * LIVE --invalidate, idle too long, application stopped--> ENDING --listeners told, attributes unbound--> ENDED
 * </pre>
 *
 * In ENDING it still answers, for {@code sessionDestroyed} may look at it; in ENDED nearly every call throws
 * {@link IllegalStateException}. A session that a request uses never ends by being idle. Safe for use by many threads;
 * listeners run outside of its lock.
 */
public final class Session implements HttpSession {
    private enum State {
        LIVE,
        ENDING,
        ENDED
    }

    private final Sessions owner;
    private final long created;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final Map<String, Object> notes = new ConcurrentHashMap<>();
    private final List<Runnable> endActions = new CopyOnWriteArrayList<>();
    private volatile String id;
    private volatile int maxInactiveSeconds;
    private volatile boolean fresh;
    private volatile State state = State.LIVE;

    // Guarded by this: who uses it, and the times of the previous request, the current one and the end of the last one.
    private int users;
    private long previousAccess;
    private long currentAccess;
    private long lastUse;

    Session(Sessions owner, String id, long created, long lastAccess, int maxInactiveSeconds, boolean fresh) {
        this.owner = owner;
        this.id = id;
        this.created = created;
        this.previousAccess = lastAccess;
        this.currentAccess = lastAccess;
        this.lastUse = lastAccess;
        this.maxInactiveSeconds = maxInactiveSeconds;
        this.fresh = fresh;
    }

    /** A request with its id begins; false if it has ended, or has been idle for too long. */
    synchronized boolean join(long now) {
        if (state != State.LIVE || idleTooLong(now)) {
            return false;
        }
        users++;
        previousAccess = currentAccess;
        currentAccess = now;
        fresh = false;
        return true;
    }

    /** The request that created it begins to use it. */
    synchronized void use() {
        users++;
    }

    /** The request ends. */
    synchronized void release(long now) {
        users--;
        lastUse = now;
        previousAccess = currentAccess;
    }

    synchronized boolean idleTooLong(long now) {
        return maxInactiveSeconds > 0 && users == 0 && now - lastUse >= maxInactiveSeconds * 1000L;
    }

    /** Takes the transition to ENDING, if it is this caller's; an idle end is only taken while it is idle. */
    synchronized boolean beginEnd(boolean onlyIfIdle, long now) {
        if (state != State.LIVE || onlyIfIdle && !idleTooLong(now)) {
            return false;
        }
        state = State.ENDING;
        return true;
    }

    /** Takes the transition to ENDING if no request uses it. */
    synchronized boolean beginEndUnused() {
        if (state != State.LIVE || users > 0) {
            return false;
        }
        state = State.ENDING;
        return true;
    }

    /** From ENDING to ENDED; tells everybody. */
    SessionListeners.Failures finishEnd(SessionListeners listeners) {
        SessionListeners.Failures failures = new SessionListeners.Failures();
        listeners.destroyed(this, failures);
        state = State.ENDED;
        for (String name : List.copyOf(attributes.keySet())) {
            Object value = attributes.remove(name);
            if (value != null) {
                listeners.unbound(this, name, value, failures);
            }
        }
        endActions.forEach(failures::guard);
        endActions.clear();
        notes.clear();
        return failures;
    }

    /** The end without telling the application: its state went to the store. */
    void endSilently() {
        state = State.ENDED;
        endActions.forEach(Runnable::run);
        endActions.clear();
    }

    /** Ends it in the name of the container, unless a request uses it; what listeners throw is logged. */
    public void endUnused() {
        owner.endUnused(this);
    }

    void id(String value) {
        id = value;
    }

    /** Whether it is neither ended nor about to be. */
    public boolean live() {
        return state == State.LIVE;
    }

    /** What the container keeps with it: not visible to the application, gone when it ends. */
    public Map<String, Object> notes() {
        return notes;
    }

    /** Runs an action when it ends, at once if it has ended; the thread is the one that ends it. */
    public void onEnd(Runnable action) {
        endActions.add(action);
        if (state == State.ENDED && endActions.remove(action)) {
            action.run();
        }
    }

    /** Gives back an action that is not needed any more. */
    public void removeOnEnd(Runnable action) {
        endActions.remove(action);
    }

    /** Milliseconds since the epoch of the last request's begin; unlike {@link #getLastAccessedTime} for ended ones too. */
    public synchronized long lastAccess() {
        return currentAccess;
    }

    /** Milliseconds since the epoch; unlike {@link #getCreationTime} for ended ones too. */
    public long created() {
        return created;
    }

    Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public long getCreationTime() {
        check("getCreationTime");
        return created;
    }

    // Servlet 6.1, 7.6: "the last accessed time ... is updated when a request that is part of the session is first
    // handled"; what a request sees is the time of the request before it.
    @Override
    public synchronized long getLastAccessedTime() {
        check("getLastAccessedTime");
        return previousAccess;
    }

    @Override
    public ServletContext getServletContext() {
        return owner.context();
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
        maxInactiveSeconds = interval;
    }

    @Override
    public int getMaxInactiveInterval() {
        return maxInactiveSeconds;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        check("getAttribute");
        return name == null ? null : attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        check("getAttributeNames");
        return Collections.enumeration(List.copyOf(attributes.keySet()));
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        check("setAttribute");
        if (name == null) {
            throw new IllegalArgumentException("name of a session attribute: null (expected: a name)");
        }
        if (value == null) {
            removeAttribute(name);
            return;
        }
        Object previous = attributes.put(name, value);
        owner.listeners().bound(this, name, value, previous);
    }

    @Override
    public void removeAttribute(String name) {
        check("removeAttribute");
        Object value = name == null ? null : attributes.remove(name);
        if (value != null) {
            SessionListeners.Failures failures = new SessionListeners.Failures();
            owner.listeners().unbound(this, name, value, failures);
            failures.rethrow();
        }
    }

    @Override
    public void invalidate() {
        check("invalidate");
        owner.invalidate(this);
    }

    @Override
    public boolean isNew() {
        check("isNew");
        return fresh;
    }

    @Override
    public Accessor getAccessor() {
        check("getAccessor");
        return new BoundAccessor(id);
    }

    private void check(String call) {
        if (state == State.ENDED) {
            throw new IllegalStateException(call + " on a session that has ended: " + abbreviated()
                    + " (expected: a live session); ask the request for a session again");
        }
    }

    /** Enough of the id to find it in a log, too little to use it. */
    private String abbreviated() {
        return id.substring(0, Math.min(6, id.length())) + "...";
    }

    @Override
    public String toString() {
        return "Session " + abbreviated() + " " + state;
    }

    /** Access from outside of a request, which counts as a request (Servlet 6.1, 7.7.3 and its Javadoc). */
    public final class BoundAccessor implements Accessor {
        private final String boundId;

        private BoundAccessor(String boundId) {
            this.boundId = boundId;
        }

        @Override
        public void access(Consumer<HttpSession> consumer) {
            if (!boundId.equals(id)) {
                throw new IllegalStateException("the id of session " + abbreviated()
                        + " has changed since the accessor was obtained; obtain a new one");
            }
            if (!join(owner.now())) {
                check("access");
                owner.expireIfIdle(Session.this);
                throw new IllegalStateException("access to a session that has ended: " + abbreviated());
            }
            try {
                consumer.accept(Session.this);
            } finally {
                release(owner.now());
            }
        }
    }
}
