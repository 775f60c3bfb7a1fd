package dev.sluice.engine.testing;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateOptions;
import dev.sluice.engine.gate.Mount;
import dev.sluice.engine.gate.MountOptions;
import dev.sluice.engine.http.Carrier;
import dev.sluice.engine.http.EventLoops;
import dev.sluice.engine.http.HttpListener;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.Lanes;
import dev.sluice.engine.lane.PoolLane;
import dev.sluice.engine.observe.CompletedRequest;
import dev.sluice.engine.routing.VirtualHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Applications behind the real gate and the real HTTP layer, on loopback sockets.
 *
 * <pre>{@code
 * try (TestEngine engine = TestEngine.of(call -> TestApplication.text(call, "hello"))) {
 *     RawResponse response = engine.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
 * }
 * }</pre>
 */
public final class TestEngine implements AutoCloseable {
    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> server;
    private final CountedBuffers buffers = new CountedBuffers(16 * 1024);
    private final EventLoops loops;
    private final Queue<CompletedRequest> completed = new ConcurrentLinkedQueue<>();
    private final Lanes lanes;
    private final Gate gate;
    private final HttpListener listener;
    private final ChannelListener<StreamConnection> opened;

    private TestEngine(Builder builder) {
        loops = new EventLoops(thread -> builder.carrier);
        lanes = Lanes.choose(builder.lane, builder.pool == null ? PoolLane.choose(8) : builder.pool);
        gate = new Gate(builder.gate, lanes);
        gate.observe(completed::add);
        gate.serve(none -> List.copyOf(mounts(builder)));
        listener = new HttpListener(builder.http, buffers, loops, gate);
        listener.onRefusal(gate::refused);
        listener.answerFixed(gate::fixed, builder.clock);
        opened = builder.tls == null ? listener : listener.secured(builder.tls);
        try {
            worker = Xnio.getInstance("nio", TestEngine.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, "test-loop")
                            .set(Options.WORKER_IO_THREADS, builder.loops)
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, 2)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
            server = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    this::accept,
                    OptionMap.create(Options.TCP_NODELAY, true));
            server.resumeAccepts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Mount> mounts(Builder builder) {
        List<Mount> mounts = new ArrayList<>();
        for (Application application : builder.applications) {
            mounts.add(gate.mount(VirtualHost.DEFAULT, application, builder.mount));
        }
        return mounts;
    }

    private void accept(AcceptingChannel<StreamConnection> channel) {
        try {
            for (StreamConnection connection; (connection = channel.accept()) != null; ) {
                opened.handleEvent(connection);
            }
        } catch (IOException e) {
            if (channel.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An engine with one application at the root. */
    public static TestEngine of(TestApplication application) {
        return builder(application).start();
    }

    /** An engine with one application. */
    public static TestEngine of(Application application) {
        return builder(application).start();
    }

    /** An engine with one application and other options. */
    public static TestEngine of(Application application, HttpOptions options) {
        return builder(application).http(options).start();
    }

    /** For an engine with one application at the root. */
    public static Builder builder(TestApplication application) {
        return new Builder().add(application);
    }

    /** For an engine with these applications. */
    public static Builder builder(Application... applications) {
        Builder builder = new Builder();
        for (Application application : applications) {
            builder.add(application);
        }
        return builder;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** The gate. */
    public Gate gate() {
        return gate;
    }

    /** The HTTP layer. */
    public HttpListener listener() {
        return listener;
    }

    /** The loops. */
    public EventLoops loops() {
        return loops;
    }

    /** The buffers. */
    public CountedBuffers buffers() {
        return buffers;
    }

    /** The requests that were completed, in order. */
    public List<CompletedRequest> completed() {
        return List.copyOf(completed);
    }

    /** A new connection. */
    public RawClient connect() {
        return new RawClient(address());
    }

    /** Sends a request on a connection of its own and reads the response. */
    public RawResponse send(String request) {
        try (RawClient client = connect()) {
            return client.send(request).response(request);
        }
    }

    /** A GET with a Host field. */
    public RawResponse get(String target) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    @Override
    public void close() {
        IoUtils.safeClose(server);
        listener.closeConnections();
        lanes.close();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the worker did not end within 60 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what an engine is made of. */
    public static final class Builder {
        private final List<Application> applications = new ArrayList<>();
        private HttpOptions http = HttpOptions.defaults();
        private MountOptions mount = MountOptions.DEFAULT.withDevelopment(true);
        private GateOptions gate = GateOptions.DEFAULT;
        private LaneMode lane = LaneMode.AUTO;
        private @Nullable PoolLane pool;
        private int loops = 2;
        private Carrier carrier = new CarefulCarrier();
        private LongSupplier clock = System::currentTimeMillis;
        private dev.sluice.engine.http.@Nullable Tls tls;

        /** One more application. */
        public Builder add(Application application) {
            applications.add(application);
            return this;
        }

        /** Limits of HTTP. */
        public Builder http(HttpOptions options) {
            http = options;
            return this;
        }

        /** Limits of the applications. */
        public Builder mount(UnaryOperator<MountOptions> change) {
            mount = change.apply(mount);
            return this;
        }

        /** Limits of the server. */
        public Builder gate(GateOptions options) {
            gate = options;
            return this;
        }

        /** The lane. */
        public Builder lane(LaneMode mode) {
            lane = mode;
            return this;
        }

        /** The pool, which the engine closes; the best of this JDK by default. */
        public Builder pool(PoolLane threads) {
            pool = threads;
            return this;
        }

        /** The number of loops; 2 by default. */
        public Builder loops(int count) {
            loops = count;
            return this;
        }

        /** What is told of mounted threads. */
        public Builder carrier(Carrier told) {
            carrier = told;
            return this;
        }

        /** The time for Date of fixed responses. */
        public Builder clock(LongSupplier millis) {
            clock = millis;
            return this;
        }

        /** With encryption. */
        public Builder tls(dev.sluice.engine.http.Tls keys) {
            tls = keys;
            return this;
        }

        /** Starts it. */
        public TestEngine start() {
            return new TestEngine(this);
        }
    }
}
