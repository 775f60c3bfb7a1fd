package dev.sluice.fork.plan;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was handed to collections of one fork when they were filled. For one thread. */
public final class Recorder {
    private final Map<Object, Object[]> parts = new IdentityHashMap<>();

    void filled(Object made, Object[] all) {
        parts.put(made, all);
    }

    public Object @Nullable [] parts(Object made) {
        return parts.get(made);
    }
}
