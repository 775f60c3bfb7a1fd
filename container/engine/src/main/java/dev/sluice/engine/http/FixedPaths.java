package dev.sluice.engine.http;

import dev.sluice.engine.http.http1.Head;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
                put(new Entry(path, hash(path), target.getValue()));
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

    /** What is at the target of a request, which must be plain. */
    @Nullable
    Target find(Head head) {
        int length = head.targetEnd() - head.targetBegin();
        if (length > longest) {
            return null;
        }
        int hash = spread(head.targetHash());
        for (int at = hash & mask; ; at = at + 1 & mask) {
            Entry entry = slots[at];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && entry.path.length == length && matches(entry.path, head)) {
                return entry.target;
            }
        }
    }

    private static boolean matches(byte[] path, Head head) {
        ByteBuffer bytes = head.bytes();
        int from = head.begin() + head.targetBegin();
        for (int i = 0; i < path.length; i++) {
            if (bytes.get(from + i) != path[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes) {
        int hash = 0;
        for (byte b : bytes) {
            hash = 31 * hash + b;
        }
        return spread(hash);
    }

    static int spread(int hash) {
        return hash ^ hash >>> 15;
    }
}
