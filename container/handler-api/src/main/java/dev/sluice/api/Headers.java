package dev.sluice.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The fields of a head, immutable: names without regard to case, in the order they were added, a name possibly more than
 * once.
 *
 * <p>Names are tokens (RFC 9110, 5.6.2). Values are ISO 8859-1 without CR, LF and NUL (RFC 9110, 5.5) and without blanks around
 * them. All else is refused with an {@link IllegalArgumentException}, so that no response can be split.
 */
public final class Headers {
    private static final Headers EMPTY = new Headers(new String[0]);

    /** Name, value, name, value ... */
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /** No fields. */
    public static Headers empty() {
        return EMPTY;
    }

    /** The fields {@code name, value, name, value ...}. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "names and values: " + namesAndValues.length + " strings (expected: an even number)");
        }
        Builder builder = new Builder(namesAndValues.length);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** A builder without fields. */
    public static Builder builder() {
        return new Builder(8);
    }

    /** The number of fields. */
    public int size() {
        return fields.length / 2;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return fields.length == 0;
    }

    /** The name of field {@code index}, as it was given. */
    public String name(int index) {
        return fields[2 * Objects.checkIndex(index, size())];
    }

    /** The value of field {@code index}. */
    public String value(int index) {
        return fields[2 * Objects.checkIndex(index, size()) + 1];
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return Optional.of(fields[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** All values of {@code name} in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return List.copyOf(values);
    }

    /** Whether there is a field {@code name}. */
    public boolean contains(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** The different names, in lower case, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < fields.length; i += 2) {
            names.add(fields[i].toLowerCase(Locale.ROOT));
        }
        return List.copyOf(names);
    }

    /** Calls {@code action} with name and value of each field in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** These fields, with {@code value} as the only value of {@code name}, at the place of the first of them. */
    public Headers with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /** These fields and one more. */
    public Headers plus(String name, String value) {
        check(name, value);
        String[] copy = Arrays.copyOf(fields, fields.length + 2);
        copy[fields.length] = name;
        copy[fields.length + 1] = value;
        return new Headers(copy);
    }

    /** These fields except those of {@code name}. */
    public Headers without(String name) {
        return contains(name) ? toBuilder().remove(name).build() : this;
    }

    /** A builder that starts with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder(fields.length + 4);
        builder.fields.addAll(Arrays.asList(fields));
        return builder;
    }

    /** Equal if the fields are the same in the same order, names without regard to case. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Headers that) || fields.length != that.fields.length) {
            return false;
        }
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equalsIgnoreCase(that.fields[i]) || !fields[i + 1].equals(that.fields[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < fields.length; i += 2) {
            hash = 31 * hash + fields[i].toLowerCase(Locale.ROOT).hashCode();
            hash = 31 * hash + fields[i + 1].hashCode();
        }
        return hash;
    }

    /** The fields as {@code name: value}, separated by commas, for logs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(name)
                .append(": ")
                .append(value));
        return text.append(']').toString();
    }

    private static void check(String name, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("header name: empty (expected: a token of RFC 9110)");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!Tokens.isTokenCharacter(name.charAt(i))) {
                throw new IllegalArgumentException("header name: " + Tokens.printable(name) + " has the character "
                        + Tokens.code(name.charAt(i)) + " at " + i + " (expected: a token of RFC 9110)");
            }
        }
        checkValue(name, value);
    }

    private static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // Above U+00FF only the low byte would be sent, and U+010A would become a line feed.
            if (c == '\r' || c == '\n' || c == 0 || c > 0xFF) {
                throw new IllegalArgumentException("value of header " + name + ": " + Tokens.printable(value)
                        + " has the character " + Tokens.code(c) + " at " + i
                        + " (expected: ISO 8859-1 without CR, LF and NUL)");
            }
        }
        if (!value.isEmpty() && (Tokens.isBlank(value.charAt(0)) || Tokens.isBlank(value.charAt(value.length() - 1)))) {
            throw new IllegalArgumentException(
                    "value of header " + name + ": '" + value + "' (expected: no blanks around it)");
        }
    }

    /** Collects fields; not for use by several threads. */
    public static final class Builder {
        private final List<String> fields;

        private Builder(int capacity) {
            fields = new ArrayList<>(capacity);
        }

        /** Adds a field at the end. */
        public Builder add(String name, String value) {
            check(name, value);
            fields.add(name);
            fields.add(value);
            return this;
        }

        /** Makes {@code value} the only value of {@code name}, at the place of the first of them. */
        public Builder set(String name, String value) {
            check(name, value);
            int at = indexOf(name);
            if (at < 0) {
                return add(name, value);
            }
            remove(name);
            fields.add(at, value);
            fields.add(at, name);
            return this;
        }

        /** Removes all fields of {@code name}. */
        public Builder remove(String name) {
            for (int i = fields.size() - 2; i >= 0; i -= 2) {
                if (fields.get(i).equalsIgnoreCase(name)) {
                    fields.remove(i + 1);
                    fields.remove(i);
                }
            }
            return this;
        }

        /** The fields so far. */
        public Headers build() {
            return fields.isEmpty() ? EMPTY : new Headers(fields.toArray(new String[0]));
        }

        private int indexOf(String name) {
            for (int i = 0; i < fields.size(); i += 2) {
                if (fields.get(i).equalsIgnoreCase(name)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
