package dev.sluice.transport.nio;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** The loops of xnio-nio. XNIO itself chooses the loop of a connection. */
final class NioTransport implements Transport {
    private final String name;
    private final XnioWorker worker;
    private final List<Loop> loops;
    private final LoopBuffers buffers;
    private final TransportOptions options;
    private final Set<NioListener> listeners = ConcurrentHashMap.newKeySet();
    private final Set<StreamConnection> connections = ConcurrentHashMap.newKeySet();

    NioTransport(String name, TransportOptions options) throws IOException {
        this.name = name;
        this.options = options;
        this.worker = Xnio.getInstance("nio", NioTransport.class.getClassLoader())
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, options.threadName())
                        .set(Options.WORKER_IO_THREADS, options.loops())
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, options.workerThreads())
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        this.loops = IntStream.range(0, options.loops())
                .mapToObj(worker::getIoThread)
                .map(Loop::new)
                .toList();
        this.buffers = new LoopBuffers(loops, options);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public XnioWorker worker() {
        return worker;
    }

    @Override
    public List<Loop> loops() {
        return loops;
    }

    @Override
    public LoopBuffers buffers() {
        return buffers;
    }

    @Override
    public BoundListener listen(ListenerOptions listening, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        OptionMap.Builder map = OptionMap.builder()
                .set(Options.BACKLOG, listening.backlog())
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.TCP_NODELAY, options.tcpNoDelay())
                .set(Options.KEEP_ALIVE, options.tcpKeepAlive());
        if (options.sendBuffer() > 0) {
            map.set(Options.SEND_BUFFER, options.sendBuffer());
        }
        if (options.receiveBuffer() > 0) {
            map.set(Options.RECEIVE_BUFFER, options.receiveBuffer());
        }
        NioListener listener = new NioListener(this, opened);
        AcceptingChannel<StreamConnection> server =
                worker.createStreamConnectionServer(listening.address(), listener, map.getMap());
        listener.started(server);
        listeners.add(listener);
        return listener;
    }

    void closed(NioListener listener) {
        listeners.remove(listener);
    }

    void opened(StreamConnection connection) {
        Loop loop = loop(connection.getIoThread());
        loop.counters().connectionOpened();
        connections.add(connection);
        connection.getCloseSetter().set(closed -> {
            connections.remove(connection);
            loop.counters().connectionClosed();
        });
        CountingConduits.install(connection, loop.counters());
    }

    @Override
    public void close() {
        listeners.forEach(NioListener::close);
        connections.forEach(IoUtils::safeClose);
        worker.shutdownNow();
        boolean interrupted = false;
        try {
            worker.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        buffers.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
