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
    private static final System.Logger LOG = System.getLogger(NioTransport.class.getName());

    NioTransport(String name, TransportOptions options) throws IOException {
        super(name, options, (worker, index) -> new SelectorLoop(worker, index, options));
        start();
    }

    @Override
    public BoundListener listen(ListenerOptions listening, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        if (listening.fastOpen() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "TCP fast open is not possible with transport nio: the JDK has no such option; "
                            + listening.address() + " is served without it (use transport io_uring)");
        }
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
