package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The servers that a run knows, from the build's output below the repository. */
final class Servers {
    private static final String HEAP = "-Xmx1g";

    private final Path repository;
    private final Path files;
    private final Path archive;
    private final String java;

    /** Servers that find the static files where peers make them themselves, and Sluice in its WAR, both below the directory. */
    Servers(Path repository, Path work, Path javaHome) throws IOException {
        this.repository = repository;
        this.files = work.resolve("static");
        this.archive = withStaticFiles(
                repository.resolve("benchmarks/side-by-side/app/target/bench-app.war"), work.resolve("bench.war"));
        this.java = javaHome.resolve("bin/java").toString();
    }

    private static Path withStaticFiles(Path war, Path target) throws IOException {
        Files.copy(war, target);
        try (FileSystem archive = FileSystems.newFileSystem(target)) {
            for (Map.Entry<String, Integer> file :
                    Map.of("1k.txt", 1_024, "1m.bin", 1_024 * 1_024).entrySet()) {
                byte[] content = new byte[file.getValue()];
                new Random(42).nextBytes(content);
                Files.write(archive.getPath(file.getKey()), content);
            }
        }
        return target;
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
            command.add(archive + "=" + bases.get(war - 1));
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
