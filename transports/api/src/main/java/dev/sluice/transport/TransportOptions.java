package dev.sluice.transport;

import java.util.Objects;

/**
 * How the loops are made. Made with {@link #builder()}; the defaults stand in {@link Builder}.
 *
 * @param loops how many loops
 * @param bufferSize bytes of one buffer
 * @param pooledBuffers how many unused buffers one loop keeps
 * @param directBuffers whether buffers live outside the heap
 * @param workerThreads most threads of the worker's own task pool (not of the lanes)
 * @param tcpNoDelay whether small writes leave at once (TCP_NODELAY)
 * @param tcpKeepAlive whether the kernel probes idle peers (SO_KEEPALIVE)
 * @param sendBuffer bytes of the kernel's send buffer; 0 leaves it to the kernel
 * @param receiveBuffer bytes of the kernel's receive buffer; 0 leaves it to the kernel
 * @param placement which loop gets a new connection
 * @param ringEntries size of the submission queue of one loop, where there is one
 * @param threadName the beginning of the threads' names
 */
public record TransportOptions(
        int loops,
        int bufferSize,
        int pooledBuffers,
        boolean directBuffers,
        int workerThreads,
        boolean tcpNoDelay,
        boolean tcpKeepAlive,
        int sendBuffer,
        int receiveBuffer,
        Placement placement,
        int ringEntries,
        String threadName) {

    /** Checks the values. */
    public TransportOptions {
        require("loops", loops, 1, 1024);
        require("bufferSize", bufferSize, 512, 1 << 24);
        require("pooledBuffers", pooledBuffers, 0, 1 << 20);
        require("workerThreads", workerThreads, 1, 65_536);
        require("sendBuffer", sendBuffer, 0, 1 << 30);
        require("receiveBuffer", receiveBuffer, 0, 1 << 30);
        require("ringEntries", ringEntries, 16, 32_768);
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(threadName, "threadName");
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults. */
    public static TransportOptions defaults() {
        return new Builder().build();
    }

    static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    /** Collects the values; each starts with its default. */
    public static final class Builder {
        private int loops = Runtime.getRuntime().availableProcessors();
        private int bufferSize = 16 * 1024;
        private int pooledBuffers = 512;
        private boolean directBuffers = true;
        private int workerThreads = Math.max(16, 8 * Runtime.getRuntime().availableProcessors());
        private boolean tcpNoDelay = true;
        private boolean tcpKeepAlive;
        private int sendBuffer;
        private int receiveBuffer;
        private Placement placement = Placement.LEAST_CONNECTIONS;
        private int ringEntries = 1024;
        private String threadName = "sluice";

        private Builder() {}

        /** How many loops; by default one for each processor. */
        public Builder loops(int value) {
            loops = value;
            return this;
        }

        /** Bytes of one buffer; 16 KiB by default. */
        public Builder bufferSize(int value) {
            bufferSize = value;
            return this;
        }

        /** How many unused buffers one loop keeps; 512 by default. */
        public Builder pooledBuffers(int value) {
            pooledBuffers = value;
            return this;
        }

        /** Whether buffers live outside the heap; they do by default. */
        public Builder directBuffers(boolean value) {
            directBuffers = value;
            return this;
        }

        /** Most threads of the worker's own task pool; by default eight for each processor, at least 16. */
        public Builder workerThreads(int value) {
            workerThreads = value;
            return this;
        }

        /** TCP_NODELAY; on by default. */
        public Builder tcpNoDelay(boolean value) {
            tcpNoDelay = value;
            return this;
        }

        /** SO_KEEPALIVE; off by default, because idle connections are evicted sooner than the kernel probes. */
        public Builder tcpKeepAlive(boolean value) {
            tcpKeepAlive = value;
            return this;
        }

        /** The kernel's send buffer; left to the kernel by default. */
        public Builder sendBuffer(int value) {
            sendBuffer = value;
            return this;
        }

        /** The kernel's receive buffer; left to the kernel by default. */
        public Builder receiveBuffer(int value) {
            receiveBuffer = value;
            return this;
        }

        /** Which loop gets a new connection; the one with the fewest by default. */
        public Builder placement(Placement value) {
            placement = value;
            return this;
        }

        /** Size of a ring's submission queue; 1024 by default. */
        public Builder ringEntries(int value) {
            ringEntries = value;
            return this;
        }

        /** The beginning of the threads' names; {@code sluice} by default. */
        public Builder threadName(String value) {
            threadName = value;
            return this;
        }

        /** The options; each value is checked. */
        public TransportOptions build() {
            return new TransportOptions(
                    loops,
                    bufferSize,
                    pooledBuffers,
                    directBuffers,
                    workerThreads,
                    tcpNoDelay,
                    tcpKeepAlive,
                    sendBuffer,
                    receiveBuffer,
                    placement,
                    ringEntries,
                    threadName);
        }
    }
}
