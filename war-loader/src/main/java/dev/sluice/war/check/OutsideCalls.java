package dev.sluice.war.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What methods of the JDK and of the Servlet API do outside the JVM, by their names. */
final class OutsideCalls {
    private static final String NETWORK = "uses the network";
    private static final String FILES = "uses files";
    private static final String DATABASE = "uses a database";
    private static final String PROCESS = "uses other processes, or ends this one";
    private static final String DISPATCH = "hands the request to somebody else";

    /** By the start of a class's name. */
    private static final Map<String, String> CLASSES = new LinkedHashMap<>();
    /** Classes that begin like those, and do nothing outside. */
    private static final Set<String> WITHIN = Set.of(
            "java/net/URI",
            "java/net/URLEncoder",
            "java/net/URLDecoder",
            "java/net/URISyntaxException",
            "java/net/IDN",
            "java/sql/Timestamp",
            "java/sql/Date",
            "java/sql/Time",
            "java/sql/SQLException",
            "java/nio/file/Path",
            "java/nio/file/Paths",
            "java/nio/file/InvalidPathException");
    /** Methods of {@code java.io.File} that only look at the name. */
    private static final Set<String> NAMES = Set.of(
            "<init>", "getName", "getPath", "getParent", "toString", "hashCode", "equals", "compareTo", "toPath");

    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("java/lang/System.exit", PROCESS),
            Map.entry("java/lang/System.load", PROCESS),
            Map.entry("java/lang/System.loadLibrary", PROCESS),
            Map.entry("java/lang/Runtime.exec", PROCESS),
            Map.entry("java/lang/Runtime.exit", PROCESS),
            Map.entry("java/lang/Runtime.halt", PROCESS),
            Map.entry("java/lang/Runtime.load", PROCESS),
            Map.entry("java/lang/Runtime.loadLibrary", PROCESS),
            Map.entry("jakarta/servlet/RequestDispatcher.forward", DISPATCH),
            Map.entry("jakarta/servlet/RequestDispatcher.include", DISPATCH),
            Map.entry("jakarta/servlet/AsyncContext.dispatch", DISPATCH),
            Map.entry("jakarta/servlet/http/Part.write", FILES));

    static {
        CLASSES.put("java/net/", NETWORK);
        CLASSES.put("javax/net/", NETWORK);
        CLASSES.put("java/rmi/", NETWORK);
        CLASSES.put("java/nio/channels/", NETWORK);
        CLASSES.put("javax/naming/", "looks up names");
        CLASSES.put("java/nio/file/", FILES);
        CLASSES.put("java/io/File", FILES);
        CLASSES.put("java/io/RandomAccessFile", FILES);
        CLASSES.put("java/util/zip/ZipFile", FILES);
        CLASSES.put("java/util/jar/JarFile", FILES);
        CLASSES.put("java/util/prefs/", FILES);
        CLASSES.put("java/sql/", DATABASE);
        CLASSES.put("javax/sql/", DATABASE);
        CLASSES.put("java/lang/ProcessBuilder", PROCESS);
    }

    private OutsideCalls() {}

    /** What a call does outside, or keeps from being seen; null if nothing. */
    static @Nullable String what(String owner, String name) {
        String method = METHODS.get(owner + "." + name);
        if (method != null) {
            return method;
        }
        if (BlindSpots.hides(owner, name)) {
            return "cannot be followed through " + owner.replace('/', '.') + "." + name;
        }
        if (WITHIN.contains(owner) || owner.equals("java/io/File") && NAMES.contains(name)) {
            return null;
        }
        for (Map.Entry<String, String> known : CLASSES.entrySet()) {
            if (owner.startsWith(known.getKey()) && !owner.endsWith("Exception")) {
                return known.getValue();
            }
        }
        return null;
    }
}
