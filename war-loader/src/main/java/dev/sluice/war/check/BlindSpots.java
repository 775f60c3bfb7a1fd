package dev.sluice.war.check;

import dev.sluice.fork.report.SourceLocation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.tree.MethodInsnNode;

/** What class files do not tell: reflection, native methods, code that was not there. For one thread. */
final class BlindSpots {
    /** Why something cannot be seen. */
    enum Kind {
        REFLECTION("calls or changes something by reflection"),
        LOADING("loads classes by name, or as services"),
        DESERIALIZATION("reads objects from a stream"),
        PROXY("makes dynamic proxies"),
        SCRIPT("runs a script"),
        NATIVE("has native methods"),
        UNSAFE("writes past the language, with Unsafe or handles on fields"),
        WIDE("has calls with too many possible targets to follow"),
        UNREADABLE("has methods that could not be analysed");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    private final Map<Kind, List<SourceLocation>> places = new EnumMap<>(Kind.class);
    private final Map<String, SourceLocation> unread = new TreeMap<>();

    void add(Kind kind, MethodFacts method, int line) {
        places.computeIfAbsent(kind, key -> new ArrayList<>()).add(location(method, line));
    }

    /** Notes a call if nobody can say what it does. */
    void call(MethodInsnNode call, MethodFacts method, int line) {
        Kind kind = kind(call.owner, call.name);
        if (kind != null) {
            add(kind, method, line);
        }
    }

    /** Whether nobody can say from the class files what a call does. */
    static boolean hides(String owner, String name) {
        return kind(owner, name) != null;
    }

    /** A call into a class that was not read, by the name of the class. */
    void unread(String owner, MethodFacts method, int line) {
        unread.putIfAbsent(owner.replace('/', '.'), location(method, line));
    }

    private static @org.jspecify.annotations.Nullable Kind kind(String owner, String name) {
        return switch (owner) {
            case "java/lang/reflect/Method" -> name.equals("invoke") ? Kind.REFLECTION : null;
            case "java/lang/reflect/Constructor" -> name.equals("newInstance") ? Kind.REFLECTION : null;
            case "java/lang/reflect/Field" ->
                name.startsWith("set") && !name.equals("setAccessible") ? Kind.REFLECTION : null;
            case "java/lang/reflect/Proxy" -> name.equals("newProxyInstance") ? Kind.PROXY : null;
            case "java/lang/Class" -> name.equals("forName") || name.equals("newInstance") ? Kind.LOADING : null;
            case "java/lang/ClassLoader" ->
                name.equals("loadClass") || name.equals("defineClass") ? Kind.LOADING : null;
            case "java/util/ServiceLoader" -> name.equals("load") ? Kind.LOADING : null;
            case "java/io/ObjectInputStream" -> name.equals("readObject") ? Kind.DESERIALIZATION : null;
            case "javax/script/ScriptEngine" -> name.equals("eval") ? Kind.SCRIPT : null;
            case "java/lang/invoke/MethodHandle" -> name.startsWith("invoke") ? Kind.REFLECTION : null;
            case "java/lang/invoke/VarHandle" -> name.startsWith("get") ? null : Kind.UNSAFE;
            case "sun/misc/Unsafe" -> Kind.UNSAFE;
            case "javax/naming/Context", "javax/naming/InitialContext" -> name.equals("lookup") ? Kind.LOADING : null;
            default -> null;
        };
    }

    private static SourceLocation location(MethodFacts method, int line) {
        return new SourceLocation(method.owner.replace('/', '.'), method.name, method.file, line);
    }

    /** One sentence for each kind, with how often and where first. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        places.forEach((kind, where) -> reasons.add("the code " + kind.what + " (" + where.size()
                + (where.size() == 1 ? " place: " : " places, the first: ") + where.get(0) + ")"));
        return reasons;
    }

    /** Whether everything in the methods that were read could be seen. */
    boolean empty() {
        return places.isEmpty();
    }

    /** The classes that are called and were not read, with one place each. */
    Map<String, SourceLocation> unread() {
        return unread;
    }
}
