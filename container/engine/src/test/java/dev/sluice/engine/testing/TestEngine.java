package dev.sluice.engine.testing;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.CallOwner;
import dev.sluice.engine.application.Cancellation;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.HttpListener;
import dev.sluice.engine.http.HttpOptions;
import io.undertow.server.XnioByteBufferPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.xnio.ByteBufferSlicePool;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * An application behind the real HTTP layer on loopback sockets.
 *
 * <pre>{@code
 * try (TestEngine engine = TestEngine.of(call -> ...)) {
 *     RawResponse response = engine.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
 * }
 * }</pre>
 */
public final class TestEngine implements AutoCloseable, CallOwner {
    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> server;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Application application;

    private TestEngine(Application application, HttpOptions options) {
        this.application = application;
        try {
            worker = Xnio.getInstance("nio", TestEngine.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, 2)
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, 2)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
            HttpListener listener = new HttpListener(
                    options, new XnioByteBufferPool(new ByteBufferSlicePool(16 * 1024, 16 * 1024)), this::accept);
            ChannelListener<AcceptingChannel<StreamConnection>> acceptor = channel -> {
                try {
                    for (StreamConnection c; (c = channel.accept()) != null; ) {
                        listener.handleEvent(c);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            server = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    acceptor,
                    OptionMap.create(Options.TCP_NODELAY, true));
            server.resumeAccepts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An engine with one application at the root. */
    public static TestEngine of(TestApplication application) {
        return new TestEngine(application, HttpOptions.defaults());
    }

    /** An engine with one application. */
    public static TestEngine of(Application application) {
        return new TestEngine(application, HttpOptions.defaults());
    }

    /** An engine with one application and other options. */
    public static TestEngine of(Application application, HttpOptions options) {
        return new TestEngine(application, options);
    }

    private void accept(HttpExchange exchange) {
        Call call = new Call(exchange, application, "test-id", 0, this);
        pool.execute(() -> run(call));
    }

    private void run(Call call) {
        try {
            application.handle(call);
        } catch (Throwable e) {
            call.fail(e);
        }
        if (!call.detached()) {
            call.finished();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalAddress();
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
    public Executor executor(Call call) {
        return pool;
    }

    @Override
    public Cancellation schedule(Call call, Duration delay, Runnable action) {
        XnioExecutor.Key key = worker.getIoThread().executeAfter(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return key::remove;
    }

    @Override
    public void finished(Call call) {
        call.exchange().end();
    }

    @Override
    public void failed(Call call, Throwable failure) {
        failure.printStackTrace();
        call.exchange().answer(Answerer.CRASH, Answer.text(500, "failed: " + failure));
    }

    @Override
    public boolean development() {
        return true;
    }

    @Override
    public void close() {
        IoUtils.safeClose(server);
        worker.shutdownNow();
        pool.shutdownNow();
        try {
            if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the worker did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
