package dev.sluice.benchmarks.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Memory of one WAR and of many: many WARs in one Sluice against as many processes of a peer. */
final class Memory {
    static final int MANY = 20;
    private static final int SECONDS = 1;

    private final Servers servers;
    private final Load load;
    private final Path work;

    Memory(Servers servers, Load load, Path work) {
        this.servers = servers;
        this.load = load;
        this.work = work;
    }

    /** Lines of the report: what ran, how many processes, proportional set size in MB. */
    List<List<String>> measure(Row hello) throws Exception {
        List<List<String>> lines = new ArrayList<>();
        lines.add(processes("sluice-nio, 1 WAR", List.of(servers.sluice("nio", 1)), hello));
        lines.add(
                processes("sluice-nio, " + MANY + " WARs in one process", List.of(servers.sluice("nio", MANY)), hello));
        for (Server peer : servers.peers()) {
            lines.add(processes(peer.name() + ", 1 application", List.of(peer), hello));
            lines.add(processes(peer.name() + ", " + MANY + " processes", Collections.nCopies(MANY, peer), hello));
        }
        return lines;
    }

    private List<String> processes(String title, List<Server> all, Row hello) throws Exception {
        List<Server.Running> running = new ArrayList<>();
        try {
            for (Server server : all) {
                running.add(server.start(SideBySide.freePort(), work.resolve("memory-" + running.size() + ".log")));
            }
            double megabytes = 0;
            for (Server.Running each : running) {
                for (Server.Running application : each.applications()) {
                    load.answers(application, hello, SECONDS);
                }
            }
            for (Server.Running each : running) {
                megabytes += ProcessMeter.proportionalMegabytes(each.pid());
            }
            System.err.printf("memory %s: %.0f MB%n", title, megabytes);
            return List.of(title, String.valueOf(all.size()), Median.format(megabytes));
        } finally {
            for (Server.Running each : running) {
                each.close();
            }
        }
    }
}
