package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HostNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which fixed responses belong to a Host field, remembered by its bytes: clients send the same few again and again. Each slot holds the
 * last that fell into it, so strange fields cost time and no memory. One for each loop.
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
            byte[] field,
            String name,
            FixedTable table,
            @Nullable FixedPaths paths) {}

    /** What there is for a Host field; null if nothing, or if the field is none that is plain. */
    @Nullable
    Known find(byte[] bytes, FixedHead.Span field, FixedTable table) {
        if (field.length() > LONGEST) {
            return null;
        }
        int slot = FixedPaths.hash(bytes, field.from, field.to) & SLOTS - 1;
        Known known = slots[slot];
        if (known == null
                || known.table != table
                || !Arrays.equals(known.field, 0, known.field.length, bytes, field.from, field.to)) {
            known = ask(Arrays.copyOfRange(bytes, field.from, field.to), table);
            slots[slot] = known;
        }
        return known.paths == null ? null : known;
    }

    private static Known ask(byte[] field, FixedTable table) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        if (text.startsWith("[") || !HostNames.isAuthority(text)) {
            return new Known(field, text, table, null);
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return new Known(field, name, table, table.hosts().apply(name));
    }
}
