package dev.sluice.deploy.configuration;

import dev.sluice.engine.gate.GateOptions;
import dev.sluice.engine.gate.MountOptions;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.TrustedProxies;
import dev.sluice.engine.servlet.ServletOptions;
import dev.sluice.war.archive.ArchiveLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one table of keys. The commented file of {@code sluice init}, the checks, {@code sluice config} and docs/configuration.md are
 * made from it; the order of the table is their order. Relative paths are relative to the installation.
 */
public final class Keys {
    private static final List<Key<?>> TABLE = new ArrayList<>();
    /** Defaults are those of the options that a key sets. */
    private static final HttpOptions HTTP = HttpOptions.defaults();

    private static final ServletOptions SERVLETS = ServletOptions.defaults();
    /** How a secret is given; for descriptions. */
    static final String SECRETS = "Not shown anywhere; env:NAME and file:/path say where it stands.";

    /** The address of the applications' listener. */
    public static final Key<String> HOST = key(
            "host",
            ValueType.TEXT,
            "0.0.0.0",
            "The address that applications are served on; 0.0.0.0 means all of them.");

    /** The port of the applications' listener. */
    public static final Key<Integer> PORT = key(
            "port",
            ValueType.number(0, 65_535),
            8080,
            "The port that applications are served on; 0 means any free port.");

    /** The transport's name. */
    public static final Key<String> TRANSPORT = key(
            "transport",
            ValueType.TEXT,
            "auto",
            "What drives the sockets: nio, io_uring, or auto for the best that works on this machine.");

    /** The lane for applications that say nothing else. */
    public static final Key<String> LANE = key(
            "lane",
            ValueType.choice("auto", "loop", "pool", "inline"),
            "auto",
            "What runs application code: loop (virtual threads of the I/O loop), pool (shared threads), inline (the I/O thread itself, for code"
                    + " that never blocks), or auto.");

    /** How many I/O threads. */
    public static final Key<Integer> LOOPS =
            key("loops", ValueType.number(0, 1024), 0, "How many I/O threads; 0 means one for each processor.");

    /** Which loop gets a new connection. */
    public static final Key<String> PLACEMENT = key(
            "placement",
            ValueType.choice("least-connections", "round-robin", "kernel"),
            "least-connections",
            "Which I/O thread gets a new connection: the one with the fewest, one after the other, or as the kernel spreads them"
                    + " (SO_REUSEPORT).");

    /** The kernel's queue of connections. */
    public static final Key<Integer> BACKLOG = key(
            "backlog",
            ValueType.number(1, 65_535),
            4096,
            "Connections that the kernel holds before it refuses more; the kernel's own limit is net.core.somaxconn.");

    /** Whether HTTP/2 is spoken. */
    public static final Key<Boolean> HTTP2 =
            key("http2", ValueType.SWITCH, HTTP.http2(), "Whether HTTP/2 is spoken, by prior knowledge and ALPN.");

    /** Whether HTTP/1.1 may become HTTP/2. */
    public static final Key<Boolean> H2C_UPGRADE = key(
            "h2c-upgrade",
            ValueType.SWITCH,
            HTTP.http2Upgrade(),
            "Whether a request of HTTP/1.1 without TLS may ask for HTTP/2 (Upgrade: h2c), which RFC 9113 has dropped.");

    /** The Server header. */
    public static final Key<String> SERVER_HEADER = key(
            "server-header",
            ValueType.TEXT,
            HTTP.serverHeader(),
            "The value of the Server response header; empty for none.");

    /** The port of the listener with TLS. */
    public static final Key<Integer> TLS_PORT = key(
            "tls.port",
            ValueType.number(0, 65_535),
            8443,
            "The port that applications are served on with TLS, if there are certificates; 0 means any free port.");

    /** The certificates. */
    public static final Key<String> TLS_CERTIFICATES = key(
            "tls.certificates",
            ValueType.TEXT,
            "",
            "The PEM file with our certificate and its chain, our own first; empty for no TLS, or for a keystore.");

    /** The private key. */
    public static final Key<String> TLS_KEY = key(
            "tls.key",
            ValueType.TEXT,
            "",
            "The PEM file with the private key of the certificate, in PKCS #8, not encrypted.");

    /** The keystore. */
    public static final Key<String> TLS_KEYSTORE = key(
            "tls.keystore", ValueType.TEXT, "", "The PKCS #12 file with certificates and key, instead of PEM files.");

    /** The keystore's password. */
    public static final Key<String> TLS_KEYSTORE_PASSWORD =
            key("tls.keystore-password", ValueType.SECRET, "", "The password of the keystore. " + SECRETS);

    /** The TLS versions. */
    public static final Key<List<String>> TLS_PROTOCOLS = key(
            "tls.protocols",
            ValueType.LIST,
            List.of("TLSv1.3", "TLSv1.2"),
            "The TLS versions that are spoken, by the names of Java.");

    /** The cipher suites. */
    public static final Key<List<String>> TLS_CIPHER_SUITES = key(
            "tls.cipher-suites",
            ValueType.LIST,
            List.of(),
            "The cipher suites that are agreed on, by the names of Java, of all versions together; empty for the choice of Java."
                    + " HTTP/2 is only offered with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 among them.");

    /** Whether clients show certificates. */
    public static final Key<String> TLS_CLIENT_CERTIFICATES = key(
            "tls.client-certificates",
            ValueType.choice("none", "wanted", "needed"),
            "none",
            "Whether clients are asked for certificates, and whether they may refuse; both need tls.client-authorities.");

    /** Who signs clients' certificates. */
    public static final Key<String> TLS_CLIENT_AUTHORITIES = key(
            "tls.client-authorities",
            ValueType.TEXT,
            "",
            "The PEM file with the certificates of those who sign clients' certificates.");

    /** Whose word counts about where requests come from. */
    public static final Key<List<String>> PROXIES_TRUSTED = key(
            "proxies.trusted",
            ValueType.LIST,
            List.of(),
            "The addresses of the proxies in front of us, such as 10.0.0.0/8 or ::1: what they say in Forwarded or X-Forwarded-For, -Proto,"
                    + " -Host, -Port and -Prefix counts as the client's address, scheme, host, port and path.");

    /** Which fields the proxies write. */
    public static final Key<TrustedProxies.Fields> PROXIES_FIELDS = key(
            "proxies.fields",
            ValueType.choice(TrustedProxies.Fields.class),
            TrustedProxies.Fields.AUTO,
            "Which fields the trusted proxies write, so that the others, which a client may have sent, do not count; auto takes those that are"
                    + " there, and believes nothing if both are and contradict each other.");

    /** The work directory. */
    public static final Key<String> WORK_DIRECTORY = key(
            "work-directory",
            ValueType.TEXT,
            "work",
            "Where applications have their temporary directories and what was unpacked or compiled for them, and in management/ the tokens and the"
                    + " journal of the management and what was deployed through it, which last.");

    /** The drop-in directory. */
    public static final Key<String> DROP_IN_DIRECTORY = key(
            "drop-in.directory",
            ValueType.TEXT,
            "apps",
            "WARs, handler jars and exploded directories in it are deployed; empty for none.");

    /** How often the drop-in directory is looked at. */
    public static final Key<Duration> DROP_IN_INTERVAL =
            key("drop-in.interval", ValueType.TIME, Duration.ofMillis(500), "How often the directory is looked at.");

    /** How long a broken archive may be a copy under way. */
    public static final Key<Duration> DROP_IN_COPY_TIME = key(
            "drop-in.copy-time",
            ValueType.TIME_OR_OFF,
            Duration.ofSeconds(10),
            "How long an archive that is incomplete and does not grow is taken for a copy under way, before it is reported as broken.");

    /** What System.exit does in applications. */
    public static final Key<String> EXIT = key(
            "exit",
            ValueType.choice("drain", "refuse"),
            "drain",
            "What System.exit does when an application calls it: drain ends the server as TERM does; refuse throws a SecurityException, also"
                    + " for Runtime.halt and in pages; docs/security.md says what is not covered.");

    /** Bytes of an archive, unpacked. */
    public static final Key<Long> LIMITS_ARCHIVE_SIZE = key(
            "limits.archive-size",
            ValueType.SIZE_IN_BYTES,
            ArchiveLimits.DEFAULT.unpacked(),
            "What an archive may unpack to, the jars in it included; one that is larger is not deployed.");

    /** Entries of an archive. */
    public static final Key<Integer> LIMITS_ARCHIVE_ENTRIES = key(
            "limits.archive-entries",
            ValueType.number(1, Integer.MAX_VALUE),
            ArchiveLimits.DEFAULT.entries(),
            "Files and directories of an archive, those of the jars in it included; one with more is not deployed.");

    /** How well an entry of an archive may be packed. */
    public static final Key<Integer> LIMITS_ARCHIVE_RATIO = key(
            "limits.archive-ratio",
            ValueType.number(1, 10_000),
            ArchiveLimits.DEFAULT.ratio(),
            "How many times its packed size an entry of an archive may unpack to, beyond the first 1 MiB; an archive with more is not"
                    + " deployed.");

    /** Bytes of a request head. */
    public static final Key<Long> LIMITS_HEAD = key(
            "limits.head",
            ValueType.SIZE_IN_BYTES,
            (long) HTTP.maxHeadSize(),
            "Request line and headers of a request; beyond it 431.");

    /** Header fields of a request. */
    public static final Key<Integer> LIMITS_HEADERS = key(
            "limits.headers",
            ValueType.number(1, 65_536),
            HTTP.maxHeaderCount(),
            "Header fields of a request; beyond it 431.");

    /** Bytes of a request target. */
    public static final Key<Long> LIMITS_TARGET = key(
            "limits.target",
            ValueType.SIZE_IN_BYTES,
            (long) HTTP.maxTargetLength(),
            "The request target; beyond it 414.");

    /** Bytes of a request body. */
    public static final Key<Long> LIMITS_BODY = key(
            "limits.body",
            ValueType.SIZE_OR_UNLIMITED,
            HTTP.maxBodySize(),
            "A request body; beyond it 413. It is not held in memory, so unlimited is safe for the server.");

    /** Least speed of a request body. */
    public static final Key<Long> LIMITS_BODY_RATE = key(
            "limits.body-rate",
            ValueType.SIZE_IN_BYTES,
            HTTP.minBodyRate(),
            "How much of a request body must come in each second that the application waits for it, on average, after the first 5 seconds;"
                    + " less is 408. 0 for no limit.");

    /** Least speed of a response. */
    public static final Key<Long> LIMITS_RESPONSE_RATE = key(
            "limits.response-rate",
            ValueType.SIZE_IN_BYTES,
            HTTP.minResponseRate(),
            "How much of a response a client must take in each second that it is waited for, on average, after the first 5 seconds; less"
                    + " breaks the response off. 0 for no limit. Not for WebSockets and for responses that declare themselves as streams:"
                    + " text/event-stream, multipart/x-mixed-replace, or X-Accel-Buffering: no.");

    /** Connections. */
    public static final Key<Integer> LIMITS_CONNECTIONS = key(
            "limits.connections",
            ValueType.number(0, Integer.MAX_VALUE),
            HTTP.maxConnections(),
            "Connections that may be open; for one more the one that is idle for longest is closed, or the new one if none is idle. 0 for no"
                    + " limit.");

    /** Connections of a client. */
    public static final Key<Integer> LIMITS_CONNECTIONS_PER_CLIENT = key(
            "limits.connections-per-client",
            ValueType.number(0, Integer.MAX_VALUE),
            0,
            "Connections of one client address that may be open; more are closed at once. 0 for no limit, because all clients of a proxy have"
                    + " one address.");

    /** Handshakes of a client. */
    public static final Key<Integer> LIMITS_HANDSHAKES_PER_CLIENT = key(
            "limits.handshakes-per-client",
            ValueType.number(0, Integer.MAX_VALUE),
            HTTP.maxHandshakesPerClient(),
            "TLS handshakes of one client address that have not ended; more are closed at once. 0 for no limit.");

    /** Most requests at once on a connection of HTTP/2. */
    public static final Key<Integer> LIMITS_STREAMS = key(
            "limits.streams",
            ValueType.number(1, 1_048_576),
            HTTP.maxStreams(),
            "Requests at once on one connection of HTTP/2, and so the most permits that one takes; more are refused.");

    /** Parameters of a request. */
    public static final Key<Integer> LIMITS_PARAMETERS = key(
            "limits.parameters",
            ValueType.number(1, 1_000_000),
            SERVLETS.parameters().maxCount(),
            "Parameters of a servlet request, of the query and the form together; beyond it 400.");

    /** Bytes of a form. */
    public static final Key<Long> LIMITS_FORM = key(
            "limits.form",
            ValueType.SIZE_IN_BYTES,
            SERVLETS.parameters().maxFormSize(),
            "A form of a servlet request, or all fields of a multipart request together; beyond it 413.");

    /** Parts of a multipart request. */
    public static final Key<Integer> LIMITS_PARTS = key(
            "limits.parts",
            ValueType.number(1, 1_000_000),
            SERVLETS.multipart().maxParts(),
            "Parts of a multipart request, files and fields together; beyond it 400.");

    /** Bytes of the header of a part. */
    public static final Key<Long> LIMITS_PART_HEAD = key(
            "limits.part-head",
            ValueType.SIZE_IN_BYTES,
            (long) SERVLETS.multipart().maxPartHeaderSize(),
            "The header of one part of a multipart request, at least 64 bytes; beyond it 413.");

    /** Cookies of a request. */
    public static final Key<Integer> LIMITS_COOKIES = key(
            "limits.cookies",
            ValueType.number(1, 65_536),
            SERVLETS.maxCookies(),
            "Cookies of a servlet request; beyond it 400.");

    /** Time for a request head. */
    public static final Key<Duration> TIMEOUTS_HEAD = key(
            "timeouts.head",
            ValueType.TIME_OR_OFF,
            HTTP.requestTimeout(),
            "From the first byte of a request to the end of its head; then 408. A TLS handshake may take as long.");

    /** Time for a stalled body. */
    public static final Key<Duration> TIMEOUTS_BODY = key(
            "timeouts.body",
            ValueType.TIME_OR_OFF,
            HTTP.readTimeout(),
            "How long a request body that the application waits for may stall.");

    /** Time for a stalled response. */
    public static final Key<Duration> TIMEOUTS_WRITE = key(
            "timeouts.write",
            ValueType.TIME_OR_OFF,
            HTTP.writeTimeout(),
            "How long a client may take nothing of its response.");

    /** Time between requests. */
    public static final Key<Duration> TIMEOUTS_IDLE = key(
            "timeouts.idle",
            ValueType.TIME_OR_OFF,
            HTTP.idleTimeout(),
            "How long a connection may wait for its next request.");

    /** Longest hold of a loop. */
    public static final Key<Duration> TIMEOUTS_LOOP = key(
            "timeouts.loop",
            ValueType.TIME_OR_OFF,
            Duration.ofSeconds(1),
            "How long one request may hold its I/O thread until its stack is logged.");

    /** Longest silence of a loop. */
    public static final Key<Duration> TIMEOUTS_LOOP_SILENT = key(
            "timeouts.loop-silent",
            ValueType.TIME_OR_OFF,
            Duration.ofSeconds(10),
            "How long an I/O thread may give no sign of life until /health/live and /health/ready say down.");

    /** Time to drain. */
    public static final Key<Duration> TIMEOUTS_DRAIN = key(
            "timeouts.drain",
            ValueType.TIME_OR_OFF,
            Duration.ofSeconds(30),
            "How long requests that are under way get to end, when the server stops and when an application is replaced.");

    /** Time for everything else of a stop. */
    public static final Key<Duration> TIMEOUTS_STOP = key(
            "timeouts.stop",
            ValueType.TIME,
            Duration.ofSeconds(10),
            "How long the rest of a stop may take when requests have got their timeouts.drain: ending applications, saving sessions, closing."
                    + " What has not ended by then is left behind, and the process ends.");

    /** Time for applications at the start. */
    public static final Key<Duration> TIMEOUTS_START = key(
            "timeouts.start",
            ValueType.TIME_OR_OFF,
            Duration.ofSeconds(60),
            "How long the listener waits for the applications that are there at the start. One that takes longer starts on, and the server is"
                    + " not ready until it runs; off waits without end.");

    /** Applications that start at the same time. */
    public static final Key<Integer> DEPLOY_PARALLEL = key(
            "deploy.parallel",
            ValueType.number(0, 1000),
            0,
            "How many applications start at the same time; one that takes longer than 10 s does not count any more. 0 for one for each"
                    + " processor.");

    /** Whether a new application counts for readiness while it starts. */
    public static final Key<Boolean> HEALTH_STARTING = key(
            "health.starting",
            ValueType.SWITCH,
            false,
            "Whether an application that is added to a running server makes it unready while it starts. Those that were there at the start"
                    + " always do.");

    /** Permits of an application. */
    public static final Key<Integer> REQUESTS_PERMITS = key(
            "requests.permits",
            ValueType.number(1, 1_000_000),
            MountOptions.DEFAULT.permits(),
            "How many requests of one application run at the same time; more wait in its queue.");

    /** Permits of the server. */
    public static final Key<Integer> REQUESTS_PERMITS_IN_ALL = key(
            "requests.permits-in-all",
            ValueType.number(1, 1_000_000),
            GateOptions.DEFAULT.permits(),
            "How many requests of all applications together run at the same time; more wait, as many as requests.queue says.");

    /** Queue of an application. */
    public static final Key<Integer> REQUESTS_QUEUE = key(
            "requests.queue",
            ValueType.number(0, 1_000_000),
            GateOptions.DEFAULT.queue(),
            "How many requests of one application may wait for a permit; beyond it 503.");

    /** Longest wait for a permit. */
    public static final Key<Duration> REQUESTS_QUEUE_TIME = key(
            "requests.queue-time",
            ValueType.TIME,
            GateOptions.DEFAULT.queueTime(),
            "How long a request may wait for a permit; then 503 with Retry-After.");

    /** Deadline of a request. */
    public static final Key<Duration> REQUESTS_DEADLINE = key(
            "requests.deadline",
            ValueType.TIME_OR_OFF,
            MountOptions.DEFAULT.deadline(),
            "How long an application may take until its response begins; then 504.");

    /** The charset of requests. */
    public static final Key<String> ENCODINGS_REQUEST = key(
            "encodings.request",
            ValueType.TEXT,
            "",
            "The charset of forms and bodies of requests that name none, such as UTF-8, where web.xml declares none; empty for the"
                    + " specification's, ISO-8859-1.");

    /** The charset of responses. */
    public static final Key<String> ENCODINGS_RESPONSE = key(
            "encodings.response",
            ValueType.TEXT,
            "",
            "The charset of responses that name none, such as UTF-8, where web.xml declares none; empty for the specification's, ISO-8859-1.");

    /** Idle time of sessions. */
    public static final Key<Duration> SESSIONS_TIMEOUT = key(
            "sessions.timeout",
            ValueType.TIME_OR_OFF,
            SERVLETS.sessions().timeout(),
            "How long a session may be idle, in applications that do not say; off means for ever.");

    /** Largest number of sessions. */
    public static final Key<Integer> SESSIONS_MAX = key(
            "sessions.max",
            ValueType.number(0, Integer.MAX_VALUE),
            SERVLETS.sessions().maxSessions(),
            "The largest number of sessions of an application; 0 means no limit.");

    /** Where sessions are kept. */
    public static final Key<String> SESSIONS_DIRECTORY = key(
            "sessions.directory",
            ValueType.TEXT,
            "",
            "Where sessions are kept over a restart or redeploy, one private file for each application; empty keeps them in memory only.");

    /** Which classes stored sessions may have. */
    public static final Key<String> SESSIONS_SERIAL_FILTER = key(
            "sessions.serial-filter",
            ValueType.TEXT,
            "",
            "Classes that stored sessions may have besides the application's and values of the JDK, and with ! those that they may not have, in"
                    + " the syntax of jdk.serialFilter, such as org.example.**;!org.other.*");

    static {
        TABLE.addAll(LoginKeys.all());
    }

    /** Whether there is a management listener. */
    public static final Key<Boolean> MANAGEMENT_ENABLED = key(
            "management.enabled",
            ValueType.SWITCH,
            true,
            "Whether there is a management listener (/metrics, /health, /api).");

    /** The address of the management listener. */
    public static final Key<String> MANAGEMENT_HOST = key(
            "management.host",
            ValueType.TEXT,
            "127.0.0.1",
            "The address of the management listener; another one than of this machine alone needs tls.certificates and tls.key, or tls.keystore, and is"
                    + " served with TLS.");

    /** The port of the management listener. */
    public static final Key<Integer> MANAGEMENT_PORT = key(
            "management.port",
            ValueType.number(0, 65_535),
            9990,
            "The port of the management listener; 0 means any free port.");

    static {
        TABLE.addAll(ManagementKeys.all());
    }

    /** The form of the server's log. */
    public static final Key<String> LOG_FORMAT =
            key("log.format", ValueType.choice("text", "json"), "text", "The form of the server's log.");

    /** Colours of the server's log. */
    public static final Key<String> LOG_COLOUR = key(
            "log.colour",
            ValueType.choice("auto", "always", "never"),
            "auto",
            "Colours in the text log; auto means on a terminal, unless NO_COLOR is set.");

    /** The level of the server's log. */
    public static final Key<String> LOG_LEVEL = key(
            "log.level",
            ValueType.choice("trace", "debug", "info", "warning", "error", "off"),
            "info",
            "The least level that is logged.");

    /** Levels by logger. */
    public static final Key<String> LOG_LEVELS = key(
            "log.levels.*",
            ValueType.choice("trace", "debug", "info", "warning", "error", "off"),
            "info",
            "The level for loggers whose names begin with NAME, such as org.xnio.");

    /** The form of the access log. */
    public static final Key<String> ACCESS_LOG_FORMAT = key(
            "access-log.format",
            ValueType.choice("off", "common", "combined", "json"),
            "off",
            "The form of the access log.");

    /** The file of the access log. */
    public static final Key<String> ACCESS_LOG_FILE = key(
            "access-log.file",
            ValueType.TEXT,
            "logs/access.log",
            "The file that the access log is appended to; - for standard output.");

    /** The queue of the access log. */
    public static final Key<Integer> ACCESS_LOG_QUEUE = key(
            "access-log.queue",
            ValueType.number(1, 1_000_000),
            8192,
            "Entries that may wait to be written; what does not fit is dropped and counted, never waited for.");

    /** Aliases of a virtual host. */
    public static final Key<List<String>> HOST_ALIASES = key(
            "hosts.*.aliases",
            ValueType.LIST,
            List.of(),
            "Further names of the virtual host NAME; *.example.org is possible.");

    /** Drop-in directory of a virtual host. */
    public static final Key<String> HOST_DIRECTORY = key(
            "hosts.*.directory",
            ValueType.TEXT,
            "",
            "The drop-in directory of the virtual host NAME. Applications that are not in one belong to every other name.");

    static {
        TABLE.addAll(ApplicationKeys.all());
    }

    private Keys() {}

    private static <T> Key<T> key(String name, ValueType<T> type, T absent, String description) {
        Key<T> key = new Key<>(name, type, absent, description);
        TABLE.add(key);
        return key;
    }

    /** All keys. */
    public static List<Key<?>> all() {
        return List.copyOf(TABLE);
    }
}
