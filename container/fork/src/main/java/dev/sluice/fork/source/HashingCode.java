package dev.sluice.fork.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the code of a class asks objects of classes that it does not know for their hash, as hash tables do. What a class
 * needs for its own {@code hashCode}, {@code equals} or {@code toString} does not count. For one walk, by one thread.
 */
public final class HashingCode {
    private static final Set<String> OF_ITS_OWN = Set.of("hashCode", "equals", "toString", "compareTo", "compare");
    /** How far calls of static methods of other classes are followed: tables have their mixing of hashes elsewhere. */
    private static final int DEEPEST = 3;

    private final Map<Class<?>, Boolean> known = new HashMap<>();

    /** Whether the class, or a superclass that is not the JDK's, hashes others; false if its class file cannot be read. */
    public boolean in(Class<?> type) {
        Boolean answer = known.get(type);
        if (answer == null) {
            answer = look(type);
            known.put(type, answer);
        }
        return answer;
    }

    private static boolean look(Class<?> type) {
        for (Class<?> at = type; at != null && at.getClassLoader() != null; at = at.getSuperclass()) {
            String name = at.getName().replace('.', '/');
            boolean hashes = read(at.getClassLoader(), name)
                    .map(calls -> calls.entrySet().stream()
                            .anyMatch(method -> !OF_ITS_OWN.contains(nameOf(method.getKey()))
                                    && hashes(method.getValue(), name, type.getClassLoader(), DEEPEST)))
                    .orElse(false);
            if (hashes) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(String signature) {
        return signature.substring(0, signature.indexOf('('));
    }

    private static boolean hashes(List<ClassFileReader.Call> calls, String self, ClassLoader loader, int depth) {
        for (ClassFileReader.Call call : calls) {
            if (hash(call, self) || depth > 0 && !call.owner().equals(self) && followed(call, loader, depth - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hash(ClassFileReader.Call call, String self) {
        if (call.name().equals("hashCode") && call.descriptor().equals("()I")) {
            boolean value = call.owner().startsWith("java/") && !call.owner().equals("java/lang/Object");
            return !value && !call.owner().equals(self);
        }
        return call.owner().equals("java/lang/System") && call.name().equals("identityHashCode")
                || call.owner().equals("java/util/Objects") && call.name().equals("hashCode");
    }

    /** Only what takes an object and gives a number can be a hash of it. */
    private static boolean followed(ClassFileReader.Call call, ClassLoader loader, int depth) {
        boolean mixes = call.descriptor().startsWith("(Ljava/lang/Object;")
                && (call.descriptor().endsWith(")I") || call.descriptor().endsWith(")J"));
        return mixes
                && !call.owner().startsWith("java/")
                && read(loader, call.owner())
                        .map(calls -> calls.getOrDefault(call.name() + call.descriptor(), List.of()))
                        .map(calls -> hashes(calls, call.owner(), loader, depth))
                        .orElse(false);
    }

    private static Optional<Map<String, List<ClassFileReader.Call>>> read(ClassLoader loader, String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(ClassFileReader.of(in).calls());
        } catch (IOException | RuntimeException unreadable) {
            // A class file that was transformed or obfuscated tells nothing.
            return Optional.empty();
        }
    }
}
