package dev.sluice.fork.shape;

import org.jspecify.annotations.Nullable;

/** Names for the steps of a path. */
public final class Paths {
    private static final int LONGEST = 40;

    private Paths() {}

    /** A value as a message shows it: itself when that is short and safe to print, otherwise its class. */
    public static String value(@Nullable Object value) {
        return value instanceof Boolean ? value.toString() : key(value);
    }

    /** A map key as a path shows it: the value itself when that is short and safe to print, otherwise its class. */
    static String key(@Nullable Object key) {
        if (key == null) {
            return "null";
        }
        if (key instanceof CharSequence
                || key instanceof Number
                || key instanceof Enum<?>
                || key instanceof Character) {
            String text = key.toString();
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        }
        return key instanceof Class<?> type
                ? type.getSimpleName()
                : key.getClass().getSimpleName();
    }
}
