package dev.sluice.benchmarks.runner;

/**
 * What one server did in one round of one row.
 *
 * @param requestsPerSecond answers that were wanted (status 2xx), in a second
 * @param cpuMicros CPU time of the server for each of them, user and system, in microseconds
 * @param systemMicros the part of it that the kernel took
 * @param p50Millis the median latency in milliseconds
 * @param residentMegabytes resident memory of the server after the round
 * @param errors socket errors and unexpected answers
 */
record Measurement(
        double requestsPerSecond,
        double cpuMicros,
        double systemMicros,
        double p50Millis,
        double p99Millis,
        double residentMegabytes,
        long errors) {}
