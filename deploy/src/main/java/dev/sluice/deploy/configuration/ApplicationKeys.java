package dev.sluice.deploy.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The part of the table of keys that is about single applications, fixed responses and data sources. */
public final class ApplicationKeys {
    private static final List<Key<?>> TABLE = new ArrayList<>();

    /** Permits of one application. */
    public static final Key<Integer> APPLICATION_PERMITS = key(
            "applications.*.permits",
            ValueType.number(1, 1_000_000),
            512,
            "requests.permits for the application NAME: the name of its file without extension and version, such as ROOT or a#b, or its context path where one was given, written so.");

    /** Queue of one application. */
    public static final Key<Integer> APPLICATION_QUEUE =
            key("applications.*.queue", ValueType.number(0, 1_000_000), 1024, "requests.queue for this application.");

    /** Deadline of one application. */
    public static final Key<Duration> APPLICATION_DEADLINE = key(
            "applications.*.deadline", ValueType.TIME_OR_OFF, Duration.ZERO, "requests.deadline for this application.");

    /** Lane of one application. */
    public static final Key<String> APPLICATION_LANE = key(
            "applications.*.lane",
            ValueType.choice("auto", "loop", "pool", "inline"),
            "auto",
            "lane for this application.");

    /** Development mode of one application. */
    public static final Key<Boolean> APPLICATION_DEVELOPMENT = key(
            "applications.*.development",
            ValueType.SWITCH,
            false,
            "Shows clients what went wrong in this application: never where strangers can see it.");

    /** Cross-context dispatch of one application. */
    public static final Key<Boolean> APPLICATION_CROSS_CONTEXT = key(
            "applications.*.cross-context",
            ValueType.SWITCH,
            false,
            "Whether this application may dispatch to others (ServletContext.getContext).");

    /** Links in one exploded application. */
    public static final Key<Boolean> APPLICATION_LINKS = key(
            "applications.*.links",
            ValueType.SWITCH,
            false,
            "Whether symbolic links in this application, an exploded directory, are followed, also out of it; none leads into WEB-INF or"
                    + " META-INF.");

    /** What System.exit does in one application. */
    public static final Key<String> APPLICATION_EXIT =
            key("applications.*.exit", ValueType.choice("drain", "refuse"), "drain", "As exit, for this application.");

    /** Whether one application starts whole or not at all. */
    public static final Key<Boolean> APPLICATION_STRICT = key(
            "applications.*.strict",
            ValueType.SWITCH,
            false,
            "Whether this application fails if one of its servlets cannot be loaded or initialised at the start; otherwise only that servlet is out"
                    + " of service.");

    /** The charset of requests of one application. */
    public static final Key<String> APPLICATION_REQUEST_ENCODING =
            key("applications.*.request-encoding", ValueType.TEXT, "", "encodings.request for this application.");

    /** The charset of responses of one application. */
    public static final Key<String> APPLICATION_RESPONSE_ENCODING =
            key("applications.*.response-encoding", ValueType.TEXT, "", "encodings.response for this application.");

    /** What the forks of one application share. */
    public static final Key<List<String>> APPLICATION_SHARED = key(
            "applications.*.shared",
            ValueType.LIST,
            List.of(),
            "Classes whose instances all forks of this application share, with their subtypes; a.b.* is a package with those below it.");

    /** How much of the templates of one application is compared with a fork. */
    public static final Key<Integer> APPLICATION_PROVED_OBJECTS = key(
            "applications.*.proved-objects",
            ValueType.number(0, 1_000_000_000),
            1_000_000_000,
            "How many objects of each template of this application, those nearest to its root, are compared with a fork when it is"
                    + " published. A start with templates of 100,000 objects and more is faster with less.");

    /** Context parameters of one application. */
    public static final Key<String> APPLICATION_PARAMETERS = key(
            "applications.*.parameters.*",
            ValueType.TEXT,
            "",
            "A context parameter, or a setting of a handler application; counts before the one in web.xml.");

    /** Fixed responses of one application. */
    public static final Key<String> APPLICATION_FIXED = key(
            "applications.*.fixed.*",
            ValueType.TEXT,
            "",
            "The response to GET and HEAD for the path NAME in the application, such as /robots.txt: file: and the name of a file, or else the"
                    + " text itself. The I/O loop sends it without entering the application, and without filters or constraints.");

    /** The largest file of a fixed response. */
    public static final Key<Long> FIXED_MAX_FILE_SIZE = key(
            "fixed.max-file-size",
            ValueType.SIZE_IN_BYTES,
            65_536L,
            "The largest file that is kept in memory as a fixed response; a larger one is an error in the log, and 500.");

    /** How often files of fixed responses are looked at. */
    public static final Key<Duration> FIXED_INTERVAL = key(
            "fixed.interval",
            ValueType.TIME,
            Duration.ofSeconds(1),
            "How often the files of fixed responses are looked at, by their time and size, to be read again if they changed.");

    /** The driver of a data source. */
    public static final Key<String> DATA_SOURCE_DRIVER = key(
            "data-sources.*.driver",
            ValueType.TEXT,
            "",
            "The class of the java.sql.Driver or javax.sql.DataSource of the data source NAME, such as jdbc/shop, which applications find at"
                    + " java:comp/env/NAME. The class comes from the application's libraries, or from the jars in lib/ext of the installation.");

    /** The URL of a data source. */
    public static final Key<String> DATA_SOURCE_URL =
            key("data-sources.*.url", ValueType.TEXT, "", "The JDBC URL of the data source.");

    /** The user of a data source. */
    public static final Key<String> DATA_SOURCE_USER =
            key("data-sources.*.user", ValueType.TEXT, "", "The database's user; empty for none.");

    /** The password of a data source. */
    public static final Key<String> DATA_SOURCE_PASSWORD =
            key("data-sources.*.password", ValueType.SECRET, "", "The user's password. " + Keys.SECRETS);

    /** The size of a data source. */
    public static final Key<Integer> DATA_SOURCE_MAX_SIZE = key(
            "data-sources.*.max-size",
            ValueType.number(1, 10_000),
            20,
            "How many connections each application opens at most.");

    /** How long to wait for a connection. */
    public static final Key<Duration> DATA_SOURCE_TIMEOUT = key(
            "data-sources.*.timeout",
            ValueType.TIME,
            Duration.ofSeconds(10),
            "How long code waits for a connection before it gets an SQLException.");

    private ApplicationKeys() {}

    private static <T> Key<T> key(String name, ValueType<T> type, T absent, String description) {
        Key<T> key = new Key<>(name, type, absent, description);
        TABLE.add(key);
        return key;
    }

    static List<Key<?>> all() {
        return List.copyOf(TABLE);
    }
}
