package dev.sluice.fork.treatment;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Matches a class when its name, or that of a supertype or interface, is listed; {@code a.b.*} lists a package. */
public record TypeNames(Set<String> names) implements Predicate<Class<?>> {
    @Override
    public boolean test(Class<?> type) {
        return matches(type);
    }

    private boolean matches(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        if (lists(type.getName()) || matches(type.getSuperclass())) {
            return true;
        }
        for (Class<?> one : type.getInterfaces()) {
            if (matches(one)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a class is listed by its own name or by its package. */
    public boolean lists(String name) {
        if (names.contains(name)) {
            return true;
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (names.contains(name.substring(0, dot) + ".*")) {
                return true;
            }
        }
        return false;
    }
}
