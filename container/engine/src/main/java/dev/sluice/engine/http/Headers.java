package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in their order of arrival. Names are compared without case, a name may have several values. Values with CR,
 * LF or NUL and names that are not tokens (RFC 9110, 5.6.2) are refused with {@link IllegalArgumentException}, so that nothing
 * which an application sets can end a line.
 *
 * <p>Used by one thread at a time.
 */
public final class Headers {
    private String[] pairs;
    private int used;

    /** No fields. */
    public Headers() {
        this(8);
    }

    Headers(int expected) {
        pairs = new String[2 * expected];
    }

    /** The first value, or null. */
    public @Nullable String first(String name) {
        int at = find(name, 0);
        return at < 0 ? null : pairs[at + 1];
    }

    /** All values in order; empty if there is none. */
    public List<String> all(String name) {
        int at = find(name, 0);
        if (at < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(2);
        for (; at >= 0; at = find(name, at + 2)) {
            values.add(pairs[at + 1]);
        }
        return values;
    }

    /** The names, each once, as first spelled. */
    public List<String> names() {
        List<String> names = new ArrayList<>(used / 2);
        for (int i = 0; i < used; i += 2) {
            if (find(pairs[i], 0) == i) {
                names.add(pairs[i]);
            }
        }
        return names;
    }

    /** Whether there is at least one value. */
    public boolean contains(String name) {
        return find(name, 0) >= 0;
    }

    /** Replaces all values by one; the place of the first stays. */
    public Headers set(String name, String value) {
        int at = find(name, 0);
        if (at < 0) {
            return add(name, value);
        }
        pairs[at + 1] = checkedValue(name, value);
        removeFrom(name, at + 2);
        return this;
    }

    /** Appends a value. */
    public Headers add(String name, String value) {
        checkName(name);
        append(name, checkedValue(name, value));
        return this;
    }

    /** Removes all values. */
    public Headers remove(String name) {
        removeFrom(name, 0);
        return this;
    }

    /** Removes everything. */
    public void clear() {
        java.util.Arrays.fill(pairs, 0, used, null);
        used = 0;
    }

    /** The number of fields, with repeated names counted each time. */
    public int size() {
        return used / 2;
    }

    /** Every field in order; a name that has several values comes several times. */
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < used; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** Appends what a parser has checked. */
    void append(String name, String value) {
        if (used == pairs.length) {
            pairs = java.util.Arrays.copyOf(pairs, Math.max(16, pairs.length * 2));
        }
        pairs[used++] = name;
        pairs[used++] = value;
    }

    String name(int index) {
        return pairs[2 * index];
    }

    String value(int index) {
        return pairs[2 * index + 1];
    }

    /** A value as it goes to the client: see {@link #wire}. */
    String wireValue(int index) {
        return wire(value(index));
    }

    /**
     * Text as it goes into a field of either protocol, where a character is a byte: what has no byte (above U+00FF) becomes a question
     * mark, and so never another character, such as the end of a line.
     */
    static String wire(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        char[] all = text.toCharArray();
        for (int i = 0; i < all.length; i++) {
            if (all[i] > 0xff) {
                all[i] = '?';
            }
        }
        return new String(all);
    }

    private int find(String name, int from) {
        int length = name.length();
        for (int i = from; i < used; i += 2) {
            String candidate = pairs[i];
            if (candidate.length() == length && candidate.equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private void removeFrom(String name, int from) {
        int to = from;
        for (int i = from; i < used; i += 2) {
            if (!pairs[i].equalsIgnoreCase(name)) {
                pairs[to] = pairs[i];
                pairs[to + 1] = pairs[i + 1];
                to += 2;
            }
        }
        java.util.Arrays.fill(pairs, to, used, null);
        used = to;
    }

    private static void checkName(String name) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("header name: " + Tokens.printable(name)
                    + " (expected: letters, digits and !#$%&'*+-.^_`|~, at least one)");
        }
    }

    private static String checkedValue(String name, String value) {
        Objects.requireNonNull(value, name);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(
                        "value of header " + name + ": " + Tokens.printable(value) + " (expected: no CR, LF or NUL)");
            }
        }
        return value;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
