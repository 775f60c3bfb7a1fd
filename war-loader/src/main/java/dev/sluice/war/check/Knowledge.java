package dev.sluice.war.check;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

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
            "java/net/http/",
            "jakarta/servlet/",
            "dev/sluice/api/");
    private static final Set<String> HARMLESS_SUFFIXES = Set.of(
            "Executor", "ExecutorService", "Lock", "ThreadFactory", "Semaphore", "FieldUpdater", "CountDownLatch");
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
            "java/security/Signature",
            "javax/xml/parsers/DocumentBuilder",
            "javax/xml/parsers/SAXParser",
            "javax/xml/xpath/XPath",
            "javax/xml/xpath/XPathExpression",
            "javax/xml/transform/Transformer",
            "javax/xml/validation/Validator",
            "java/lang/Iterable",
            "java/util/regex/Matcher");
    /** Made for one thread: whatever is called on them changes them. */
    private static final List<String> ONE_THREAD = List.of(
            "java/text/",
            "java/security/MessageDigest",
            "java/security/Signature",
            "javax/crypto/",
            "javax/xml/parsers/DocumentBuilder",
            "javax/xml/parsers/SAXParser",
            "javax/xml/xpath/XPath",
            "javax/xml/transform/Transformer",
            "javax/xml/validation/Validator",
            "java/util/regex/Matcher",
            "java/util/Scanner",
            "java/util/Iterator",
            "java/util/ListIterator",
            "java/util/Enumeration",
            "java/io/",
            "java/sql/");

    private static final Set<String> GLOBAL = Set.of(
            "java/lang/System.setProperty",
            "java/lang/System.setProperties",
            "java/lang/System.clearProperty",
            "java/lang/System.setOut",
            "java/lang/System.setErr",
            "java/lang/System.setIn",
            "java/util/Locale.setDefault",
            "java/util/TimeZone.setDefault",
            "java/security/Security.setProperty",
            "java/security/Security.addProvider",
            "java/security/Security.insertProviderAt",
            "java/lang/Thread.setDefaultUncaughtExceptionHandler",
            "java/net/URL.setURLStreamHandlerFactory",
            "java/net/Authenticator.setDefault",
            "java/net/CookieHandler.setDefault",
            "java/net/ProxySelector.setDefault",
            "javax/net/ssl/HttpsURLConnection.setDefaultSSLSocketFactory",
            "javax/net/ssl/HttpsURLConnection.setDefaultHostnameVerifier",
            "java/util/logging/LogManager.reset",
            "jakarta/servlet/ServletContext.setAttribute",
            "jakarta/servlet/ServletContext.removeAttribute");
    /** Libraries that hold nothing of a request, by the start of their names. */
    private static final List<String> SILENT = List.of(
            "org/slf4j/",
            "org/apache/commons/logging/",
            "org/apache/logging/log4j/",
            "org/jboss/logging/",
            "org/jspecify/",
            "org/w3c/dom/",
            "org/xml/sax/",
            "io/micrometer/core/instrument/");

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
    /** Methods that give a view which cannot be changed. */
    static final Set<String> UNMODIFIABLE_VIEWS = Set.of(
            "unmodifiableList",
            "unmodifiableMap",
            "unmodifiableSet",
            "unmodifiableCollection",
            "unmodifiableSortedMap",
            "unmodifiableSortedSet");

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
            "xor",
            "removeIf",
            "trimTo",
            "ensureCapacity",
            "load");

    /** Types of the handler API that hold, or are, code of the application. */
    private static final Set<String> HOLDERS = Set.of(
            "Response",
            "Body",
            "Body$Writer",
            "Body$Events",
            "BodyWriter",
            "EventSource",
            "Handler",
            "Middleware",
            "Job",
            "WebSocketListener",
            "WebSocketUpgrade");

    private static final Set<String> OBJECT = Set.of(
            "<init>", "hashCode", "equals", "toString", "wait", "notify", "notifyAll", "hasNext", "hasMoreElements");
    private static final Set<String> STARTING =
            Set.of("/PostConstruct;", "/Autowired;", "/Inject;", "/Value;", "/Resource;", "/PreDestroy;", "/Bean;");

    private Knowledge() {}

    private static boolean starts(String name, Iterable<String> all) {
        for (String start : all) {
            if (name.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(String name) {
        for (String end : HARMLESS_SUFFIXES) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean bound(String name) {
        for (String bound : BOUND) {
            if (bound.endsWith("/") ? name.startsWith(bound) : name.equals(bound)) {
                return true;
            }
        }
        return false;
    }

    /** What objects of a class are like, by its internal name. */
    static Nature nature(String name) {
        boolean listed = name.startsWith("java") || name.startsWith("jakarta/") || name.startsWith("dev/sluice/");
        if (!listed) {
            return HARMLESS.contains(name) ? Nature.HARMLESS : Nature.UNKNOWN;
        }
        if (name.equals("java/lang/ThreadLocal") || name.equals("java/lang/InheritableThreadLocal")) {
            return Nature.PER_THREAD;
        }
        if (HARMLESS.contains(name) || starts(name, HARMLESS_PACKAGES) || name.startsWith("java/") && ends(name)) {
            return Nature.HARMLESS;
        }
        if (bound(name)
                || name.startsWith("java/io/")
                        && (name.endsWith("Stream") || name.endsWith("Reader") || name.endsWith("Writer"))) {
            return Nature.BOUND;
        }
        return MUTABLE.contains(name)
                        || name.startsWith("java/util/concurrent/atomic/")
                        || name.startsWith("java/util/") && !name.startsWith("java/util/function/")
                ? Nature.MUTABLE
                : Nature.UNKNOWN;
    }

    /** A call that gives a collection which cannot be changed through the result. */
    static boolean unmodifiable(String owner, String method) {
        return owner.startsWith("java/util/")
                && (PURE_FACTORIES.contains(method) || UNMODIFIABLE_VIEWS.contains(method));
    }

    /** Whether a method of the JDK changes its receiver, judged by its name as the JDK names such methods. */
    static boolean changes(String owner, String method) {
        if (nature(owner) == Nature.HARMLESS || !(owner.startsWith("java/") || owner.startsWith("javax/"))) {
            return false;
        }
        if (starts(owner, ONE_THREAD)) {
            return !(method.startsWith("get") || method.startsWith("is") || OBJECT.contains(method));
        }
        boolean stream = owner.startsWith("java/util/stream/") || owner.startsWith("java/util/function/");
        return !stream && starts(method, CHANGING);
    }

    /** Whether a call changes something that the whole JVM, or the whole application, has once. */
    static boolean changesAll(String owner, String method) {
        return GLOBAL.contains(owner + "." + method);
    }

    /** Whether a class is none of the application and none of its libraries: of the JDK, the Servlet API, or Sluice's own. */
    static boolean library(String owner) {
        return owner.startsWith("java/")
                || owner.startsWith("javax/")
                || owner.startsWith("jakarta/servlet/")
                || owner.startsWith("dev/sluice/api/")
                || owner.startsWith("dev/sluice/fork/")
                || owner.startsWith("[")
                || owner.startsWith("jdk/")
                || owner.startsWith("sun/");
    }

    /** Whether a library that may be absent is known to keep nothing of a request. */
    static boolean silent(String owner) {
        return starts(owner, SILENT);
    }

    /** Whether a call hands its arguments to the container. */
    static boolean container(String owner) {
        return owner.startsWith("jakarta/servlet/")
                || owner.startsWith("dev/sluice/api/")
                || owner.startsWith("dev/sluice/fork/");
    }

    /** Whether objects of a class of the handler API hold what the application gave them. */
    static boolean holder(String name) {
        return name.startsWith("dev/sluice/api/") && HOLDERS.contains(name.substring("dev/sluice/api/".length()));
    }

    /** Whether a call publishes a template: what it is given is copied. */
    static boolean publishes(String owner, String method) {
        return owner.startsWith("dev/sluice/")
                && (method.equals("template")
                        || method.equals("publish")
                        || method.equals("of") && owner.endsWith("/Template"));
    }

    /** Whether a call gives an attribute of the servlet context. */
    static boolean context(String owner, String method) {
        return owner.equals("jakarta/servlet/ServletContext") && method.equals("getAttribute");
    }

    /** Whether an object of a class goes through something else. */
    static boolean cursor(String owner) {
        return owner.equals("java/util/Iterator")
                || owner.equals("java/util/ListIterator")
                || owner.equals("java/util/Enumeration");
    }

    /** Whether code that runs before requests has the annotation, given as a descriptor. */
    static boolean startAnnotation(String descriptor) {
        return STARTING.stream().anyMatch(descriptor::endsWith);
    }

    /** The class of what a method of the JDK makes, as far as it matters; null if it is not known. */
    static @Nullable String madeBy(String owner, String method, Type type) {
        if (owner.equals("java/util/Collections")
                        && (method.startsWith("synchronized") || method.equals("newSetFromMap"))
                || method.equals("newKeySet")) {
            return "java/util/concurrent/" + method;
        }
        return type.getSort() == Type.OBJECT && nature(type.getInternalName()) != Nature.UNKNOWN
                ? type.getInternalName()
                : null;
    }

    /** Whether objects of a class are made for use by several threads at once. */
    static boolean threadSafe(String made) {
        return made.equals(Value.FIXED)
                || made.startsWith("java/util/concurrent/")
                || made.equals("java/lang/StringBuffer")
                || made.equals("java/util/Hashtable")
                || made.equals("java/util/Vector")
                || made.startsWith("com/github/benmanes/caffeine/")
                || made.startsWith("com/google/common/cache/");
    }
}
