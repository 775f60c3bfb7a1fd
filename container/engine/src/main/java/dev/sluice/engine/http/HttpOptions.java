package dev.sluice.engine.http;

import java.time.Duration;

/**
 * Limits and timeouts of HTTP connections. Made with {@link #builder()}, where the defaults stand. A duration of zero switches a timeout
 * off.
 *
 * @param maxHeadSize bytes of request line and header fields; beyond it 431
 * @param maxHeaderCount header fields of a request; beyond it 431
 * @param maxTargetLength bytes of the request target; beyond it 414
 * @param maxBodySize bytes of a request body; beyond it 413; -1 for no limit
 * @param minBodyRate bytes of a request body that must come in each second that somebody waits for it; 0 for no limit
 * @param minResponseRate bytes of a response that the client must take in each second that it is waited for; 0 for no limit; not for
 *     responses that declare themselves as streams
 * @param rateGrace how long a client is waited for in all before a rate counts
 * @param requestTimeout from the first byte of a head to its end; then 408
 * @param idleTimeout how long a connection may wait for its next request
 * @param readTimeout how long a request body may stall
 * @param writeTimeout how long the client may take nothing of a response
 * @param maxRequests requests on one connection, after which it is closed; -1 for no limit
 * @param maxConnections connections that may be open; for one more the one that is idle for longest is closed, or the new one if none is
 *     idle; -1 for no limit
 * @param maxConnectionsPerClient connections of one client address; more are closed at once; -1 for no limit
 * @param maxHandshakesPerClient TLS handshakes of one client address that have not ended; more are closed at once; -1 for no limit
 * @param http2 whether HTTP/2 is spoken (prior knowledge, ALPN)
 * @param http2Upgrade whether a request of HTTP/1.1 without TLS may ask for HTTP/2 (RFC 7540, 3.2; RFC 9113 has dropped it)
 * @param maxStreams requests at once on one connection of HTTP/2; more are refused
 * @param serverHeader value of the Server header; empty for none
 * @param proxies whose word counts about where requests come from
 */
public record HttpOptions(
        int maxHeadSize,
        int maxHeaderCount,
        int maxTargetLength,
        long maxBodySize,
        long minBodyRate,
        long minResponseRate,
        Duration rateGrace,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration readTimeout,
        Duration writeTimeout,
        long maxRequests,
        int maxConnections,
        int maxConnectionsPerClient,
        int maxHandshakesPerClient,
        boolean http2,
        boolean http2Upgrade,
        int maxStreams,
        String serverHeader,
        TrustedProxies proxies) {

    /** Checks the values. */
    public HttpOptions {
        require("maxHeadSize", maxHeadSize, 256, 1 << 24);
        require("maxHeaderCount", maxHeaderCount, 1, 1 << 16);
        require("maxTargetLength", maxTargetLength, 16, 1 << 24);
        require("maxBodySize", maxBodySize, -1, Long.MAX_VALUE);
        require("minBodyRate", minBodyRate, 0, Long.MAX_VALUE);
        require("minResponseRate", minResponseRate, 0, Long.MAX_VALUE);
        require("maxConnections", maxConnections, -1, Integer.MAX_VALUE);
        require("maxConnectionsPerClient", maxConnectionsPerClient, -1, Integer.MAX_VALUE);
        require("maxHandshakesPerClient", maxHandshakesPerClient, -1, Integer.MAX_VALUE);
        require("maxRequests", maxRequests, -1, Long.MAX_VALUE);
        require("maxStreams", maxStreams, 1, 1 << 20);
        requireTime("rateGrace", rateGrace);
        requireTime("requestTimeout", requestTimeout);
        requireTime("idleTimeout", idleTimeout);
        requireTime("readTimeout", readTimeout);
        requireTime("writeTimeout", writeTimeout);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void requireTime(String name, Duration value) {
        if (value.isNegative() || value.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: zero for off, or at most " + Integer.MAX_VALUE + " ms)");
        }
    }

    /** The defaults. */
    public static HttpOptions defaults() {
        return new Builder().build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values; each starts with its default. */
    public static final class Builder {
        private int maxHeadSize = 64 * 1024;
        private int maxHeaderCount = 200;
        private int maxTargetLength = 16 * 1024;
        private long maxBodySize = -1;
        private long minBodyRate = 240;
        private long minResponseRate = 240;
        private Duration rateGrace = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(10);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration readTimeout = Duration.ofSeconds(30);
        private Duration writeTimeout = Duration.ofSeconds(30);
        private long maxRequests = -1;
        private int maxConnections = 50_000;
        private int maxConnectionsPerClient = -1;
        private int maxHandshakesPerClient = 256;
        private boolean http2 = true;
        private boolean http2Upgrade = false;
        private int maxStreams = 100;
        private String serverHeader = "";
        private TrustedProxies proxies = TrustedProxies.NONE;

        private Builder() {}

        /** Bytes of a request head; 64 KiB by default. */
        public Builder maxHeadSize(int bytes) {
            maxHeadSize = bytes;
            return this;
        }

        /** Header fields of a request; 200 by default. */
        public Builder maxHeaderCount(int count) {
            maxHeaderCount = count;
            return this;
        }

        /** Bytes of a request target; 16 KiB by default. */
        public Builder maxTargetLength(int bytes) {
            maxTargetLength = bytes;
            return this;
        }

        /** Bytes of a request body; no limit (-1) by default, because bodies are not held in memory. */
        public Builder maxBodySize(long bytes) {
            maxBodySize = bytes;
            return this;
        }

        /** Bytes per second of a request body that is waited for; 240 by default, 0 for no limit. */
        public Builder minBodyRate(long bytes) {
            minBodyRate = bytes;
            return this;
        }

        /** Bytes per second of a response that the client is waited for; 240 by default, 0 for no limit. */
        public Builder minResponseRate(long bytes) {
            minResponseRate = bytes;
            return this;
        }

        /** Time of waiting before a rate counts; 5 s by default. */
        public Builder rateGrace(Duration time) {
            rateGrace = time;
            return this;
        }

        /** Time for a request head; 10 s by default. */
        public Builder requestTimeout(Duration time) {
            requestTimeout = time;
            return this;
        }

        /** Time between requests; 60 s by default. */
        public Builder idleTimeout(Duration time) {
            idleTimeout = time;
            return this;
        }

        /** Longest stall of a request body; 30 s by default. */
        public Builder readTimeout(Duration time) {
            readTimeout = time;
            return this;
        }

        /** Longest stall of a response; 30 s by default. */
        public Builder writeTimeout(Duration time) {
            writeTimeout = time;
            return this;
        }

        /** Requests on one connection; no limit (-1) by default. */
        public Builder maxRequests(long count) {
            maxRequests = count;
            return this;
        }

        /** Connections in all; 50,000 by default, -1 for no limit. */
        public Builder maxConnections(int count) {
            maxConnections = count;
            return this;
        }

        /** Connections of one client address; no limit (-1) by default, because proxies look like one client. */
        public Builder maxConnectionsPerClient(int count) {
            maxConnectionsPerClient = count;
            return this;
        }

        /** TLS handshakes under way of one client address; 256 by default, -1 for no limit. */
        public Builder maxHandshakesPerClient(int count) {
            maxHandshakesPerClient = count;
            return this;
        }

        /** Whether HTTP/2 is spoken; it is by default. */
        public Builder http2(boolean value) {
            http2 = value;
            return this;
        }

        /** Whether HTTP/1.1 without TLS may be upgraded to HTTP/2; it may not by default. */
        public Builder http2Upgrade(boolean value) {
            http2Upgrade = value;
            return this;
        }

        /** Requests at once on a connection of HTTP/2; 100 by default. */
        public Builder maxStreams(int count) {
            maxStreams = count;
            return this;
        }

        /** The Server header; none by default. */
        public Builder serverHeader(String value) {
            serverHeader = value;
            return this;
        }

        /** Trusted proxies; none by default. */
        public Builder proxies(TrustedProxies value) {
            proxies = value;
            return this;
        }

        /** The options; each value is checked. */
        public HttpOptions build() {
            return new HttpOptions(
                    maxHeadSize,
                    maxHeaderCount,
                    maxTargetLength,
                    maxBodySize,
                    minBodyRate,
                    minResponseRate,
                    rateGrace,
                    requestTimeout,
                    idleTimeout,
                    readTimeout,
                    writeTimeout,
                    maxRequests,
                    maxConnections,
                    maxConnectionsPerClient,
                    maxHandshakesPerClient,
                    http2,
                    http2Upgrade,
                    maxStreams,
                    serverHeader,
                    proxies);
        }
    }
}
