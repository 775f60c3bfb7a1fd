package dev.sluice.engine.naming;

import java.util.Map;
import java.util.Set;
import javax.naming.NamingException;

/** The types that an env-entry may have, and their values as text (Jakarta EE Platform 11, 5.4). */
final class EnvironmentValues {
    private static final Map<String, String> BOXES = Map.of(
            "boolean", "java.lang.Boolean",
            "byte", "java.lang.Byte",
            "char", "java.lang.Character",
            "short", "java.lang.Short",
            "int", "java.lang.Integer",
            "long", "java.lang.Long",
            "float", "java.lang.Float",
            "double", "java.lang.Double");
    private static final Set<String> OTHERS = Set.of("java.lang.String", "java.lang.Class");

    private EnvironmentValues() {}

    /** Whether a type is one of values, other than an enum. */
    static boolean isSimple(String type) {
        return BOXES.containsKey(type) || BOXES.containsValue(type) || OTHERS.contains(type);
    }

    /**
     * The value of an entry.
     *
     * @throws NamingException if the text is none of the type
     */
    static Object convert(String name, String type, String text, ClassLoader loader) throws NamingException {
        String boxed = BOXES.getOrDefault(type, type);
        String trimmed = text.strip();
        try {
            return switch (boxed) {
                case "java.lang.String" -> text;
                case "java.lang.Boolean" -> Boolean.valueOf(trimmed);
                case "java.lang.Byte" -> Byte.valueOf(trimmed);
                case "java.lang.Character" -> character(text);
                case "java.lang.Short" -> Short.valueOf(trimmed);
                case "java.lang.Integer" -> Integer.valueOf(trimmed);
                case "java.lang.Long" -> Long.valueOf(trimmed);
                case "java.lang.Float" -> Float.valueOf(trimmed);
                case "java.lang.Double" -> Double.valueOf(trimmed);
                case "java.lang.Class" -> Class.forName(trimmed, false, loader);
                default -> constant(boxed, trimmed, loader);
            };
        } catch (IllegalArgumentException | ClassNotFoundException e) {
            NamingException failure = new NamingException(
                    "env-entry " + name + ": \"" + text + "\" is no " + type + " (expected: its text form)");
            failure.initCause(e);
            throw failure;
        }
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text.length() + " characters");
        }
        return text.charAt(0);
    }

    private static Object constant(String type, String text, ClassLoader loader) throws ClassNotFoundException {
        Object[] constants = Class.forName(type, true, loader).getEnumConstants();
        if (constants != null) {
            for (Object constant : constants) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
        }
        throw new IllegalArgumentException(type);
    }
}
