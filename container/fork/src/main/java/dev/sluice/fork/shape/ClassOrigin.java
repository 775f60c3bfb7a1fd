package dev.sluice.fork.shape;

import org.jspecify.annotations.Nullable;

/** Where a class comes from. */
public final class ClassOrigin {
    private ClassOrigin() {}

    /** Whether the JDK defined it. */
    public static boolean inJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether the JVM made it for a lambda or a method reference. */
    public static boolean isLambda(Class<?> type) {
        return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
    }

    /** The nearest superclass that the JDK defined, or the class itself; null for an interface that it did not. */
    public static @Nullable Class<?> nearestInJdk(Class<?> type) {
        Class<?> above = type;
        while (above != null && !inJdk(above)) {
            above = above.getSuperclass();
        }
        return above;
    }
}
