package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time and memory of a process, from /proc (proc_pid_stat(5), proc_pid_status(5)). */
final class ProcessMeter {
    private static final double TICKS_PER_SECOND = 100;

    private ProcessMeter() {}

    /** Processor time so far, in microseconds. */
    record Cpu(double user, double system) {
        Cpu since(Cpu before) {
            return new Cpu(user - before.user, system - before.system);
        }

        double total() {
            return user + system;
        }
    }

    static Cpu cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Cpu(
                Long.parseLong(fields[11]) * 1e6 / TICKS_PER_SECOND,
                Long.parseLong(fields[12]) * 1e6 / TICKS_PER_SECOND);
    }

    static double residentMegabytes(long pid) throws IOException {
        return megabytes(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    /** Pages that several processes share count in part, so that sums of processes are right (proc_pid_smaps(5)). */
    static double proportionalMegabytes(long pid) throws IOException {
        return megabytes(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
    }

    private static double megabytes(Path file, String field) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException(file + " has no " + field + " (expected: a running process)");
    }
}
