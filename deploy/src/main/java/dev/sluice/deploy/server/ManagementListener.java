package dev.sluice.deploy.server;

import dev.sluice.deploy.access.Token;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.management.Management;
import dev.sluice.deploy.management.ManagementProvider;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateOptions;
import dev.sluice.engine.gate.MountOptions;
import dev.sluice.engine.handler.HandlerDeployment;
import dev.sluice.engine.handler.HandlerDescription;
import dev.sluice.engine.http.Tls;
import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.Lanes;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.fork.ForkOptions;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The listener for metrics, health and the management API, if a management module is installed. It has a loop, a lane and a gate of its own, so
 * that it answers while the applications' loops are busy or drain.
 */
final class ManagementListener {
    private static final System.Logger LOG = System.getLogger(ManagementListener.class.getName());
    private static final String NAME = "management";
    private static final int THREADS = 4;

    private final Configuration configuration;
    private final Installation installation;
    private final Gate observed;
    private final ServerView view;
    private volatile @Nullable HandlerDeployment application;
    private volatile @Nullable HttpTransport transport;
    private volatile @Nullable Lanes lanes;

    ManagementListener(Configuration configuration, Installation installation, Gate observed, ServerView view) {
        this.configuration = configuration;
        this.installation = installation;
        this.observed = observed;
        this.view = view;
    }

    void open() throws Exception {
        List<ManagementProvider> providers =
                ServiceLoader.load(ManagementProvider.class, ManagementListener.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (providers.isEmpty() || !configuration.value(Keys.MANAGEMENT_ENABLED)) {
            return;
        }
        Management management = providers.get(0).manage(view);
        observed.observe(management.observer());
        HandlerDeployment started = HandlerDeployment.start(description(management), management.application());
        application = started;
        Lanes own = Lanes.choose(LaneMode.AUTO, THREADS);
        lanes = own;
        Gate gate = new Gate(GateOptions.DEFAULT, own);
        gate.serve(mounts -> List.of(gate.mount(VirtualHost.DEFAULT, started, MountOptions.DEFAULT)));
        InetSocketAddress address = ApplicationListener.address(
                configuration.value(Keys.MANAGEMENT_HOST), configuration.value(Keys.MANAGEMENT_PORT));
        Optional<Tls> tls = address.getAddress().isLoopbackAddress() ? Optional.empty() : keys(address);
        HttpTransport opened = HttpTransport.open(
                "nio",
                TransportOptions.builder()
                        .loops(1)
                        .workerThreads(1)
                        .threadName("sluice-management")
                        .build(),
                ApplicationListener.http(configuration, -1), // each route has a limit of its own
                tls,
                ListenerOptions.at(address),
                gate);
        opened.watch(Duration.ZERO);
        transport = opened;
        try {
            view.access().admitOwner(opened.address().getPort());
            tell((tls.isPresent() ? "https://" : "http://")
                    + ApplicationListener.text(configuration.value(Keys.MANAGEMENT_HOST), opened.address()));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void tell(String url) throws IOException {
        LOG.log(System.Logger.Level.INFO, "management (metrics, health, API; no applications) is at " + url);
        Optional<Token> first = view.access().tokens().first();
        if (first.isPresent()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the first token for " + url + ", of an administrator, is "
                            + first.get().text()
                            + " (shown this once; sluice token makes others and revokes this one, "
                            + first.get().id() + ")");
        }
    }

    /** Whoever can reach it from elsewhere must not be able to read the tokens of others on the way. */
    private Optional<Tls> keys(InetSocketAddress address) throws IOException {
        Optional<Tls> tls = new TlsFiles(configuration, installation).read();
        if (tls.isEmpty()) {
            throw new IOException("management.host: " + address.getHostString()
                    + " can be reached from other machines, and there are no certificates to encrypt what goes there (expected:"
                    + " tls.certificates and tls.key, or tls.keystore; or management.host: 127.0.0.1)");
        }
        return tls.map(keys -> keys.withClientCertificates(Tls.ClientCertificates.NONE));
    }

    private static HandlerDescription description(Management management) {
        return new HandlerDescription(
                NAME, "", "", Map.of(), management.getClass().getClassLoader(), ForkOptions.defaults());
    }

    void close() throws Exception {
        HttpTransport opened = transport;
        if (opened != null) {
            view.access().dismissOwner(opened.address().getPort());
            opened.close();
        }
        HandlerDeployment started = application;
        if (started != null) {
            started.stop();
        }
        Lanes own = lanes;
        if (own != null) {
            own.close();
        }
    }

    InetSocketAddress address() {
        HttpTransport opened = transport;
        if (opened == null) {
            throw new IllegalStateException(
                    "the address of the management listener, which is not open (expected: management.enabled and a module"
                            + " for it)");
        }
        return opened.address();
    }
}
