package dev.sluice.transport.uring;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.loop.LoopTransport;
import java.io.IOException;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;

/** Loops around rings. */
final class UringTransport extends LoopTransport {
    private final LoopBuffers directBuffers;
    private final FileSender files = Sendfile.orCopying();

    UringTransport(String name, TransportOptions options) throws IOException {
        this(name, options, NettyRing.Sizes.of(options.ringEntries()));
    }

    UringTransport(String name, TransportOptions options, NettyRing.Sizes sizes) throws IOException {
        super(name, options, (worker, index) -> new RingLoop(worker, index, options, sizes));
        // The kernel sends from memory outside the heap, and receives into it, only.
        this.directBuffers = options.directBuffers() ? buffers() : LoopBuffers.direct(loops(), options);
        start();
    }

    @Override
    protected boolean standsIn() {
        return SharedRing.POSSIBLE;
    }

    LoopBuffers directBuffers() {
        return directBuffers;
    }

    FileSender files() {
        return files;
    }

    @Override
    public BoundListener listen(ListenerOptions listening, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        if (listening.fastOpen() > 0) {
            FastOpen.check(listening.address());
        }
        return listen(
                listening,
                (listener, loop, address, shared) -> new Acceptor(
                        this, listener, (RingLoop) loop, Acceptor.bind(address, listening, options(), shared), opened));
    }
}
