package dev.sluice.benchmarks.runner;

/**
 * What a load generator saw.
 *
 * @param wanted answers with status 2xx
 * @param seconds how long it asked
 * @param p50Millis the median latency of what counts, in milliseconds
 * @param errors socket errors and unexpected answers
 */
record Answers(long wanted, double seconds, double p50Millis, double p99Millis, long errors) {

    /** The value that so large a part of them does not exceed. */
    static double percentile(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
    }

    /** With what it cost the server. */
    Measurement measured(ProcessMeter.Cpu cpu, double residentMegabytes) {
        long count = Math.max(1, wanted);
        return new Measurement(
                wanted / seconds,
                cpu.total() / count,
                cpu.system() / count,
                p50Millis,
                p99Millis,
                residentMegabytes,
                errors);
    }
}
