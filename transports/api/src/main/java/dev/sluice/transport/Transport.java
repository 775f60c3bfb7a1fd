package dev.sluice.transport;

import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.util.List;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Running loops with their sockets, timers and buffers. All methods may be called from any thread.
 *
 * <p>Closing it closes the listeners, then the connections, and ends the loops' threads; it returns when they have ended. It is
 * idempotent and must not be called on a loop.
 */
public interface Transport extends AutoCloseable {
    /** The provider's name. */
    String name();

    /** The worker whose I/O threads are the loops, for what speaks XNIO. */
    XnioWorker worker();

    /** The loops, by index. */
    List<Loop> loops();

    /** The loop whose thread this is. */
    default Loop loop(XnioIoThread thread) {
        return loops().get(thread.getNumber());
    }

    /** Buffers that belong to the loops; usable from any thread, virtual ones too. */
    ByteBufferPool buffers();

    /**
     * Binds and starts to accept.
     *
     * @param opened called once for each connection, on the connection's loop, before anything was read
     * @throws java.net.BindException if the address is in use or not ours
     */
    BoundListener listen(ListenerOptions options, ChannelListener<? super StreamConnection> opened) throws IOException;

    @Override
    void close();
}
