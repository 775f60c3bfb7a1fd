package dev.sluice.war.check;

import java.util.List;
import java.util.Set;

/** What is known about classes of the JDK and of widespread libraries, by name. */
final class Knowledge {
    /** What an object of a class is like. */
    enum Nature {
        /** Never changes, or is meant to be shared by threads and holds nothing of a request. */
        HARMLESS,
        /** Can be changed. */
        MUTABLE,
        /** Bound to a resource or a position: no fork can have it. */
        BOUND,
        /** Values per thread, which another request on the same thread would find. */
        PER_THREAD,
        /** Not in the tables. */
        UNKNOWN
    }

    private static final Set<String> HARMLESS = Set.of(
            "java/lang/String",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Short",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Boolean",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Class",
            "java/lang/Void",
            "java/lang/System$Logger",
            "java/math/BigDecimal",
            "java/math/BigInteger",
            "java/math/MathContext",
            "java/net/URI",
            "java/net/URL",
            "java/util/UUID",
            "java/util/Locale",
            "java/util/Currency",
            "java/util/Optional",
            "java/util/OptionalInt",
            "java/util/OptionalLong",
            "java/util/HexFormat",
            "java/util/regex/Pattern",
            "java/util/logging/Logger",
            "java/security/SecureRandom",
            "java/util/concurrent/TimeUnit",
            "java/io/File",
            "java/nio/file/Path",
            "org/slf4j/Logger",
            "org/slf4j/Marker",
            "org/apache/commons/logging/Log",
            "org/apache/logging/log4j/Logger",
            "org/apache/log4j/Logger",
            "org/jboss/logging/Logger",
            "javax/sql/DataSource",
            "java/io/ObjectStreamField",
            "java/lang/ClassValue",
            "java/util/Base64$Encoder",
            "java/util/Base64$Decoder",
            "java/io/PrintStream");
    private static final List<String> HARMLESS_PACKAGES = List.of(
            "java/time/",
            "java/nio/charset/",
            "java/lang/invoke/",
            "java/lang/reflect/",
            "java/util/concurrent/locks/",
            "java/lang/constant/",
            "java/net/http/");
    private static final Set<String> HARMLESS_SUFFIXES =
            Set.of("Executor", "ExecutorService", "Lock", "ThreadFactory", "Semaphore");
    private static final Set<String> MUTABLE = Set.of(
            "java/lang/StringBuilder",
            "java/lang/StringBuffer",
            "java/text/SimpleDateFormat",
            "java/text/DateFormat",
            "java/text/NumberFormat",
            "java/text/DecimalFormat",
            "java/security/MessageDigest",
            "javax/crypto/Cipher",
            "javax/crypto/Mac",
            "java/lang/Iterable",
            "java/util/regex/Matcher");
    private static final List<String> BOUND = List.of(
            "java/io/InputStream",
            "java/io/OutputStream",
            "java/io/Reader",
            "java/io/Writer",
            "java/io/RandomAccessFile",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/nio/channels/",
            "java/lang/Thread",
            "java/util/Iterator",
            "java/util/stream/",
            "java/sql/Connection",
            "java/sql/Statement",
            "java/sql/PreparedStatement",
            "java/sql/ResultSet");
    private static final Set<String> PURE_FACTORIES = Set.of(
            "of",
            "copyOf",
            "ofEntries",
            "entry",
            "emptyList",
            "emptyMap",
            "emptySet",
            "singleton",
            "singletonList",
            "singletonMap",
            "unmodifiableList",
            "unmodifiableMap",
            "unmodifiableSet",
            "unmodifiableCollection",
            "unmodifiableSortedMap",
            "unmodifiableSortedSet",
            "toList");
    private static final List<String> CHANGING = List.of(
            "add",
            "put",
            "remove",
            "clear",
            "set",
            "replace",
            "compute",
            "merge",
            "retain",
            "push",
            "pop",
            "poll",
            "offer",
            "take",
            "drain",
            "sort",
            "increment",
            "decrement",
            "getAnd",
            "updateAnd",
            "accumulate",
            "compareAnd",
            "weakCompare",
            "lazySet",
            "append",
            "insert",
            "delete",
            "reverse",
            "roll",
            "flip",
            "update",
            "digest",
            "format",
            "parse",
            "next",
            "reset",
            "doFinal",
            "fill",
            "swap",
            "shuffle",
            "and",
            "or",
            "xor");

    private Knowledge() {}

    static Nature nature(String name) {
        if (name.equals("java/lang/ThreadLocal") || name.equals("java/lang/InheritableThreadLocal")) {
            return Nature.PER_THREAD;
        }
        if (HARMLESS.contains(name)
                || HARMLESS_PACKAGES.stream().anyMatch(name::startsWith)
                || name.startsWith("java/") && HARMLESS_SUFFIXES.stream().anyMatch(name::endsWith)) {
            return Nature.HARMLESS;
        }
        if (BOUND.stream().anyMatch(bound -> bound.endsWith("/") ? name.startsWith(bound) : name.equals(bound))
                || name.startsWith("java/io/")
                        && (name.endsWith("Stream") || name.endsWith("Reader") || name.endsWith("Writer"))) {
            return Nature.BOUND;
        }
        return MUTABLE.contains(name) || name.startsWith("java/util/") && !name.startsWith("java/util/function/")
                ? Nature.MUTABLE
                : Nature.UNKNOWN;
    }

    /** A call that gives a collection which cannot be changed through the result. */
    static boolean unmodifiable(String owner, String method) {
        return owner.startsWith("java/util/") && PURE_FACTORIES.contains(method);
    }

    /** Whether a method of the JDK changes its receiver, judged by its name as the JDK names such methods. */
    static boolean changes(String owner, String method) {
        return (owner.startsWith("java/") || owner.startsWith("javax/"))
                && nature(owner) != Nature.HARMLESS
                && CHANGING.stream().anyMatch(method::startsWith);
    }

    /** Whether a static method of the JDK changes its first argument. */
    static boolean changesArgument(String owner, String method) {
        boolean collections = owner.equals("java/util/Collections") || owner.equals("java/util/Arrays");
        return collections
                && List.of("addAll", "sort", "shuffle", "reverse", "swap", "fill", "setAll", "rotate")
                        .contains(method);
    }
}
