package dev.sluice.transport.nio;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.loop.LoopTransport;
import java.io.IOException;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;

/** Loops around selectors. */
final class NioTransport extends LoopTransport {
    NioTransport(String name, TransportOptions options) throws IOException {
        super(name, options, (worker, index) -> new SelectorLoop(worker, index, options));
        start();
    }

    @Override
    public BoundListener listen(ListenerOptions listening, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        return listen(
                listening,
                (listener, loop, address, shared) -> new NioAcceptor(
                        this,
                        listener,
                        (SelectorLoop) loop,
                        NioAcceptor.bind(address, listening, options(), shared),
                        opened));
    }
}
