package dev.sluice.benchmarks.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers that a run knows, from the build's output below the repository. */
final class Servers {
    private static final String HEAP = "-Xmx1g";

    private final Path repository;
    private final Path files;
    private final String java;

    Servers(Path repository, Path files, Path javaHome) {
        this.repository = repository;
        this.files = files;
        this.java = javaHome.resolve("bin/java").toString();
    }

    List<Server> all() {
        List<Server> servers = new ArrayList<>();
        for (String transport : List.of("nio", "io_uring")) {
            servers.add(sluice(transport));
        }
        servers.add(peer("tomcat", "tomcat", "tomcat.TomcatPeer", "threads"));
        servers.add(peer("tomcat-virtual", "tomcat", "tomcat.TomcatPeer", "virtual"));
        servers.add(peer("jetty", "jetty", "jetty.JettyPeer", "threads"));
        servers.add(peer("jetty-virtual", "jetty", "jetty.JettyPeer", "virtual"));
        servers.add(peer("undertow-servlet", "undertow-servlet", "undertow.UndertowServletPeer", ""));
        servers.add(floor("helidon", "helidon", "helidon.HelidonPeer", List.of("hello", "hello256", "handler")));
        List<String> rows = List.of("hello", "hello256", "handler", "fixed");
        servers.add(floor("undertow-core", "floor", "floor.UndertowFloor", rows));
        servers.add(floor("netty", "floor", "floor.NettyFloor", rows));
        return servers;
    }

    /** The peers as most people run them. */
    List<Server> peers() {
        return all().stream()
                .filter(server -> server.onlyFor().isEmpty()
                        && !server.name().startsWith("sluice")
                        && !server.name().endsWith("virtual"))
                .toList();
    }

    private Server sluice(String transport) {
        return sluice(transport, 1);
    }

    /** One process with that many copies of the benchmark's WAR. */
    Server sluice(String transport, int wars) {
        Path app = repository.resolve("benchmarks/side-by-side/app/target");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + Path.of(java).getParent().getParent(),
                "JAVA_OPTS=" + HEAP,
                repository.resolve("deploy/target/sluice/bin/sluice").toString(),
                "run",
                "--port",
                "PORT",
                "--admin-port",
                "0",
                "--transport",
                transport,
                app.resolve("bench.jar") + "=/handlers"));
        List<String> bases = new ArrayList<>();
        for (int war = 1; war <= wars; war++) {
            bases.add(war == 1 ? "/bench" : "/bench" + war);
            command.add(app.resolve("bench-app.war") + "=" + bases.get(war - 1));
        }
        return new Server(
                "sluice-" + transport,
                command,
                bases,
                Map.of("@handler", "/handlers/hello", "@fixed", "/handlers/fixed"),
                List.of());
    }

    private Server peer(String name, String module, String main, String mode) {
        List<String> command = command(module, main);
        command.add(files.toString());
        command.add(mode);
        return new Server(name, command, List.of("/bench"), Map.of(), List.of());
    }

    /** A server without servlets, which says hello at its root. */
    private Server floor(String name, String module, String main, List<String> rows) {
        return new Server(
                name, command(module, main), List.of(""), Map.of("@handler", "/hello", "@fixed", "/hello"), rows);
    }

    private List<String> command(String module, String main) {
        Path target =
                repository.resolve("benchmarks/side-by-side").resolve(module).resolve("target");
        return new ArrayList<>(List.of(
                java, HEAP, "-cp", target + "/*:" + target + "/lib/*", "dev.sluice.benchmarks." + main, "PORT"));
    }
}
