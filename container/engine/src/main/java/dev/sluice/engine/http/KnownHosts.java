package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HostNames;
import org.jspecify.annotations.Nullable;

/**
 * Which fixed responses belong to a Host field, remembered: clients send the same few again and again. Each slot holds the last that fell
 * into it, so strange fields cost time and no memory. One for each loop.
 */
final class KnownHosts {
    private static final int SLOTS = 64;
    private static final int LONGEST = 255;

    private final @Nullable Known[] slots = new Known[SLOTS];

    /**
     * A field that was seen.
     *
     * @param field its value
     * @param name the host's name, without port
     * @param table the table that was asked
     * @param paths what it said; null for nothing
     */
    record Known(
            String field,
            String name,
            FixedTable table,
            @Nullable FixedPaths paths) {}

    /** What there is for a Host field; null if nothing, or if the field is none that is plain. */
    @Nullable
    Known find(String field, FixedTable table) {
        if (field.length() > LONGEST) {
            return null;
        }
        int slot = FixedPaths.spread(field.hashCode()) & SLOTS - 1;
        Known known = slots[slot];
        if (known == null || known.table != table || !known.field.equals(field)) {
            known = ask(field, table);
            slots[slot] = known;
        }
        return known.paths == null ? null : known;
    }

    private static Known ask(String field, FixedTable table) {
        if (field.startsWith("[") || !HostNames.isAuthority(field)) {
            return new Known(field, field, table, null);
        }
        String name = HostNames.host(field);
        return new Known(field, name, table, table.hosts().apply(name));
    }
}
