package dev.sluice.transport.contract;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.Transport;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/** A transport that is another one with {@link Faults} in both directions of every connection. */
final class FaultyTransport implements Transport {
    private final Transport real;
    private final Faults faults;

    FaultyTransport(Transport real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public String name() {
        return FaultyProvider.PREFIX + real.name();
    }

    @Override
    public XnioWorker worker() {
        return real.worker();
    }

    @Override
    public List<Loop> loops() {
        return real.loops();
    }

    @Override
    public ByteBufferPool buffers() {
        return real.buffers();
    }

    @Override
    public BoundListener listen(ListenerOptions options, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        return real.listen(options, connection -> {
            Source source = new Source(connection.getSourceChannel().getConduit());
            source.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(connection.getSourceChannel()));
            connection.getSourceChannel().setConduit(source);
            connection
                    .getSinkChannel()
                    .setConduit(new Sink(connection.getSinkChannel().getConduit()));
            ChannelListeners.invokeChannelListener(connection, opened);
        });
    }

    @Override
    public void close() {
        real.close();
    }

    private final class Source extends AbstractStreamSourceConduit<StreamSourceConduit> {
        private volatile boolean resumed;

        Source(StreamSourceConduit next) {
            super(next);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (next.isReadShutdown()) {
                return -1;
            }
            int allowed = target.hasRemaining() ? faults.allowed(target.remaining()) : 0;
            if (allowed == 0) {
                return 0;
            }
            int limit = target.limit();
            target.limit(target.position() + allowed);
            try {
                return next.read(target);
            } finally {
                target.limit(limit);
            }
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                if (targets[i].hasRemaining()) {
                    return read(targets[i]);
                }
            }
            return 0;
        }

        @Override
        public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
            return Conduits.transfer(this, count, through, target);
        }

        private void afterDelay() {
            if (resumed) {
                next.wakeupReads();
            }
        }

        @Override
        public void resumeReads() {
            resumed = true;
            next.resumeReads();
        }

        @Override
        public void suspendReads() {
            resumed = false;
            next.suspendReads();
        }

        @Override
        public void wakeupReads() {
            resumed = true;
            next.wakeupReads();
        }

        @Override
        public boolean isReadResumed() {
            return resumed;
        }

        @Override
        public void setReadReadyHandler(ReadReadyHandler handler) {
            next.setReadReadyHandler(new ReadReadyHandler() {
                @Override
                public void readReady() {
                    int delay = next.getWorker().isShutdown() ? 0 : faults.delayMillis();
                    if (delay == 0) {
                        handler.readReady();
                    } else if (next.isReadResumed()) {
                        next.suspendReads();
                        next.getReadThread().executeAfter(Source.this::afterDelay, delay, TimeUnit.MILLISECONDS);
                    }
                }

                @Override
                public void forceTermination() {
                    handler.forceTermination();
                }

                @Override
                public void terminated() {
                    handler.terminated();
                }
            });
        }
    }

    private final class Sink extends AbstractStreamSinkConduit<StreamSinkConduit> {
        Sink(StreamSinkConduit next) {
            super(next);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (next.isWriteShutdown()) {
                return next.write(source);
            }
            int allowed = source.hasRemaining() ? faults.allowed(source.remaining()) : 0;
            if (allowed == 0) {
                return 0;
            }
            int limit = source.limit();
            source.limit(source.position() + allowed);
            try {
                return next.write(source);
            } finally {
                source.limit(limit);
            }
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                if (sources[i].hasRemaining()) {
                    return write(sources[i]);
                }
            }
            return 0;
        }

        @Override
        public int writeFinal(ByteBuffer source) throws IOException {
            return Conduits.writeFinalBasic(this, source);
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
            return Conduits.writeFinalBasic(this, sources, offset, length);
        }

        @Override
        public long transferFrom(FileChannel source, long position, long count) throws IOException {
            int allowed = faults.allowed((int) Math.min(count, 1 << 16));
            return allowed == 0 ? 0 : next.transferFrom(source, position, allowed);
        }

        @Override
        public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
            return Conduits.transfer(source, count, through, this);
        }
    }
}
