package dev.sluice.transport.nio;

import dev.sluice.transport.LoopCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/** Counts the bytes of a connection for its loop. */
final class CountingConduits {
    private CountingConduits() {}

    static void install(StreamConnection connection, LoopCounters counters) {
        connection
                .getSourceChannel()
                .setConduit(new Source(connection.getSourceChannel().getConduit(), counters));
        connection
                .getSinkChannel()
                .setConduit(new Sink(connection.getSinkChannel().getConduit(), counters));
    }

    private static final class Source extends AbstractStreamSourceConduit<StreamSourceConduit> {
        private final LoopCounters counters;

        Source(StreamSourceConduit next, LoopCounters counters) {
            super(next);
            this.counters = counters;
        }

        private long counted(long count) {
            if (count > 0) {
                counters.bytesRead(count);
            }
            return count;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return (int) counted(next.read(target));
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            return counted(next.read(targets, offset, length));
        }

        @Override
        public long transferTo(long position, long count, FileChannel target) throws IOException {
            return counted(next.transferTo(position, count, target));
        }

        @Override
        public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
            return Conduits.transfer(this, count, through, target);
        }
    }

    private static final class Sink extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private final LoopCounters counters;

        Sink(StreamSinkConduit next, LoopCounters counters) {
            super(next);
            this.counters = counters;
        }

        private long counted(long count) {
            if (count > 0) {
                counters.bytesWritten(count);
            }
            return count;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return (int) counted(next.write(source));
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            return counted(next.write(sources, offset, length));
        }

        @Override
        public int writeFinal(ByteBuffer source) throws IOException {
            return (int) counted(next.writeFinal(source));
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
            return counted(next.writeFinal(sources, offset, length));
        }

        @Override
        public long transferFrom(FileChannel source, long position, long count) throws IOException {
            return counted(next.transferFrom(source, position, count));
        }

        @Override
        public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
            return Conduits.transfer(source, count, through, this);
        }
    }
}
