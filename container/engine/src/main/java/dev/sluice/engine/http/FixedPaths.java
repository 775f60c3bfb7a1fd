package dev.sluice.engine.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fixed responses of one host, found by the bytes of the path without making a string. Immutable. */
public final class FixedPaths {
    private final @Nullable Entry[] slots;
    private final int mask;
    private final int longest;

    /**
     * What is at a path.
     *
     * @param response what is sent
     * @param owner who is told
     */
    public record Target(FixedResponse response, FixedOwner owner) {}

    private record Entry(byte[] path, int hash, Target target) {}

    /** These, by the path as a request names it; paths that could be named in several ways are left to the router. */
    public FixedPaths(Map<String, Target> targets) {
        slots = new Entry[Math.max(4, Integer.highestOneBit(Math.max(1, targets.size())) * 4)];
        mask = slots.length - 1;
        int most = 0;
        for (Map.Entry<String, Target> target : targets.entrySet()) {
            if (RequestPath.isPlain(target.getKey())) {
                byte[] path = target.getKey().getBytes(StandardCharsets.ISO_8859_1);
                put(new Entry(path, hash(path, 0, path.length), target.getValue()));
                most = Math.max(most, path.length);
            }
        }
        longest = most;
    }

    private void put(Entry entry) {
        int at = entry.hash & mask;
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = entry;
    }

    @Nullable
    Target find(byte[] bytes, int from, int to, int hash) {
        if (to - from > longest) {
            return null;
        }
        for (int at = hash & mask; ; at = at + 1 & mask) {
            Entry entry = slots[at];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.path, 0, entry.path.length, bytes, from, to)) {
                return entry.target;
            }
        }
    }

    static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return spread(hash);
    }

    static int spread(int hash) {
        return hash ^ hash >>> 15;
    }
}
