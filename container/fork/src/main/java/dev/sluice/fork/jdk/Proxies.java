package dev.sluice.fork.jdk;

import java.lang.invoke.SerializedLambda;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some collections of the JDK do not write themselves but a stand-in, and so do serializable lambdas. When one is seen inside a
 * wrapper, an equal collection is made from what the wrapper shows, or the lambda is made once more.
 */
final class Proxies {
    private Proxies() {}

    static Object original(Object wrapper, Object seen) {
        String stand = seen.getClass().getName();
        if (stand.equals("java.util.CollSer")) {
            return immutable(wrapper);
        }
        if (stand.equals("java.util.EnumSet$SerializationProxy")) {
            return enumSet((Collection<?>) wrapper);
        }
        return seen instanceof SerializedLambda form ? JdkLambda.original(form) : seen;
    }

    private static Object immutable(Object wrapper) {
        if (wrapper instanceof Map<?, ?> map) {
            return Map.copyOf(map);
        }
        return wrapper instanceof Set<?> set ? Set.copyOf(set) : List.of(((Collection<?>) wrapper).toArray());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Set<?> enumSet(Collection<?> elements) {
        return elements.isEmpty() ? new HashSet<>() : EnumSet.copyOf((Collection) elements);
    }
}
