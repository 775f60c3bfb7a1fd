package dev.sluice.engine.registration;

import jakarta.servlet.ServletException;

/** Loads a component's class and checks what it is. */
public final class TypeLoading {
    private TypeLoading() {}

    /**
     * Loads a class without initialising it.
     *
     * @param what names the component in an error's text
     * @throws ServletException if it is missing, cannot be linked, or is of another type
     */
    public static <T> Class<? extends T> load(ClassLoader loader, String className, Class<T> expected, String what)
            throws ServletException {
        try {
            Class<?> found = Class.forName(className, false, loader);
            if (!expected.isAssignableFrom(found)) {
                throw new ServletException("The class " + className + " of " + what + " is no " + expected.getName()
                        + (sameName(found, expected)
                                ? "; it sees another copy of the API: remove that jar from WEB-INF/lib"
                                : ""));
            }
            return found.asSubclass(expected);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new ServletException(
                    "The class " + className + " of " + what + " cannot be loaded: " + missing
                            + " (expected: a class in WEB-INF/classes or a jar in WEB-INF/lib)",
                    missing);
        }
    }

    private static boolean sameName(Class<?> found, Class<?> expected) {
        for (Class<?> type = found; type != null; type = type.getSuperclass()) {
            for (Class<?> implemented : type.getInterfaces()) {
                if (implemented.getName().equals(expected.getName())) {
                    return true;
                }
            }
        }
        return false;
    }
}
