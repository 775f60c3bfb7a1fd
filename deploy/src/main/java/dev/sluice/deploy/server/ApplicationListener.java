package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.management.ConnectionStats;
import dev.sluice.deploy.management.SilentLoop;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.Tls;
import dev.sluice.engine.http.TrustedProxies;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Placement;
import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The listener that applications are served on. */
final class ApplicationListener {
    private static final System.Logger LOG = System.getLogger(ApplicationListener.class.getName());

    private final Configuration configuration;
    private final Gate gate;
    private final TlsFiles tls;
    private volatile @Nullable HttpTransport transport;
    private volatile int securePort;

    ApplicationListener(Configuration configuration, Installation installation, Gate gate) {
        this.tls = new TlsFiles(configuration, installation);
        this.configuration = configuration;
        this.gate = gate;
    }

    /** Whether the port is free, before applications start: what they do then could not be undone. */
    void check() throws IOException {
        InetSocketAddress wanted = wanted();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(wanted);
        } catch (IOException e) {
            throw HttpTransport.inWords(wanted, e);
        }
    }

    private InetSocketAddress wanted() throws UnknownHostException {
        return address(configuration.value(Keys.HOST), configuration.value(Keys.PORT));
    }

    static InetSocketAddress address(String host, int port) throws UnknownHostException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            UnknownHostException clear = new UnknownHostException("host: " + host
                    + " (expected: an IP address or a name that resolves to an address of this machine)");
            clear.initCause(e);
            throw clear;
        }
    }

    void open() throws IOException {
        int loops = configuration.value(Keys.LOOPS);
        TransportOptions.Builder options = TransportOptions.builder().placement(placement(configuration));
        if (loops > 0) {
            options.loops(loops);
        }
        HttpTransport opened = HttpTransport.open(
                configuration.value(Keys.TRANSPORT),
                options.build(),
                http(configuration),
                ListenerOptions.at(wanted()).withBacklog(configuration.value(Keys.BACKLOG)),
                gate);
        opened.watch(configuration.value(Keys.TIMEOUTS_LOOP));
        try {
            secure(opened);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        transport = opened;
        LOG.log(
                System.Logger.Level.INFO,
                "listening on http://" + text(configuration.value(Keys.HOST), opened.address()) + " (" + opened.name()
                        + ", " + gate.stats().lane() + ")");
    }

    private static Placement placement(Configuration configuration) {
        String name = configuration.value(Keys.PLACEMENT);
        return Placement.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private void secure(HttpTransport opened) throws IOException {
        Optional<Tls> keys = tls.read();
        if (keys.isEmpty()) {
            return;
        }
        InetSocketAddress wanted = address(configuration.value(Keys.HOST), configuration.value(Keys.TLS_PORT));
        InetSocketAddress bound =
                opened.secure(keys.get(), ListenerOptions.at(wanted).withBacklog(configuration.value(Keys.BACKLOG)));
        securePort = bound.getPort();
        LOG.log(
                System.Logger.Level.INFO,
                "listening on https://" + text(configuration.value(Keys.HOST), bound) + " (" + opened.name() + ", "
                        + gate.stats().lane() + ")");
    }

    /** The port with TLS; 0 if there is none. */
    int securePort() {
        return securePort;
    }

    static HttpOptions http(Configuration configuration) {
        return http(configuration, configuration.value(Keys.LIMITS_BODY));
    }

    /** The same with another limit of a body. */
    static HttpOptions http(Configuration configuration, long mostBody) {
        return HttpOptions.builder()
                .maxHeadSize(Math.toIntExact(configuration.value(Keys.LIMITS_HEAD)))
                .maxHeaderCount(configuration.value(Keys.LIMITS_HEADERS))
                .maxTargetLength(Math.toIntExact(configuration.value(Keys.LIMITS_TARGET)))
                .maxBodySize(mostBody)
                .minBodyRate(configuration.value(Keys.LIMITS_BODY_RATE))
                .minResponseRate(configuration.value(Keys.LIMITS_RESPONSE_RATE))
                .maxConnections(orNone(configuration.value(Keys.LIMITS_CONNECTIONS)))
                .maxConnectionsPerClient(orNone(configuration.value(Keys.LIMITS_CONNECTIONS_PER_CLIENT)))
                .maxHandshakesPerClient(orNone(configuration.value(Keys.LIMITS_HANDSHAKES_PER_CLIENT)))
                .requestTimeout(configuration.value(Keys.TIMEOUTS_HEAD))
                .readTimeout(configuration.value(Keys.TIMEOUTS_BODY))
                .writeTimeout(configuration.value(Keys.TIMEOUTS_WRITE))
                .idleTimeout(configuration.value(Keys.TIMEOUTS_IDLE))
                .http2(configuration.value(Keys.HTTP2))
                .http2Upgrade(configuration.value(Keys.H2C_UPGRADE))
                .maxStreams(configuration.value(Keys.LIMITS_STREAMS))
                .serverHeader(configuration.value(Keys.SERVER_HEADER))
                .proxies(proxies(configuration))
                .build();
    }

    private static TrustedProxies proxies(Configuration configuration) {
        try {
            return TrustedProxies.of(
                    configuration.value(Keys.PROXIES_TRUSTED), configuration.value(Keys.PROXIES_FIELDS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxies.trusted: " + e.getMessage(), e);
        }
    }

    private static int orNone(int limit) {
        return limit == 0 ? -1 : limit;
    }

    /** The host as it was configured and the port that was bound, as they stand in a URL. */
    static String text(String host, InetSocketAddress address) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Takes no new connections, and gives the requests that are under way their time; then they are ended. */
    void drain() {
        HttpTransport opened = transport;
        if (opened != null) {
            Duration limit = configuration.value(Keys.TIMEOUTS_DRAIN);
            LOG.log(
                    System.Logger.Level.INFO,
                    "draining: no new connections, up to " + limit.toSeconds() + " s for "
                            + gate.stats().inFlight() + " requests");
            opened.drain(limit);
        }
    }

    /** Closes the connections and ends the loops, on which the ends of applications have run. */
    void close() {
        HttpTransport opened = transport;
        if (opened != null) {
            opened.close();
        }
    }

    InetSocketAddress address() {
        HttpTransport opened = transport;
        if (opened == null) {
            throw new IllegalStateException("the address of a listener that is not open (expected: a started server)");
        }
        return opened.address();
    }

    List<SilentLoop> silentLoops() {
        HttpTransport opened = transport;
        return opened == null ? List.of() : opened.silent(configuration.value(Keys.TIMEOUTS_LOOP_SILENT));
    }

    ConnectionStats stats() {
        HttpTransport opened = transport;
        return opened == null ? ConnectionStats.NONE : opened.stats();
    }
}
