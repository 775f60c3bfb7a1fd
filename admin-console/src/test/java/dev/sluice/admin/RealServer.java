package dev.sluice.admin;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.server.Installation;
import dev.sluice.deploy.server.Server;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole server in this process, with its management listener and an installation of its own. */
final class RealServer implements AutoCloseable {
    private final Server server;
    private final Installation installation;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";

    private RealServer(Server server, Installation installation) {
        this.server = server;
        this.installation = installation;
    }

    /** One that was not started; {@code more} are keys with values. */
    static RealServer of(Path home, List<DeploymentRequest> named, String... more) throws Exception {
        Configuration.Builder builder = Configuration.builder();
        String[] usual = {
            "host",
            "127.0.0.1",
            "port",
            "0",
            "management.port",
            "0",
            "transport",
            "nio",
            "lane",
            "pool",
            "drop-in.interval",
            "50ms",
            "loops",
            "1",
            "timeouts.drain",
            "5s"
        };
        for (String[] settings : new String[][] {usual, more}) {
            for (int i = 0; i < settings.length; i += 2) {
                builder.commandLine(settings[i], settings[i + 1], "test");
            }
        }
        Installation installation = new Installation(home);
        Files.createDirectories(home.resolve("apps"));
        return new RealServer(new Server(builder.build(), installation, named), installation);
    }

    RealServer start() throws Exception {
        server.start();
        token = Files.readString(
                        Access.ownToken(management(), server.managementAddress().getPort()))
                .strip();
        return this;
    }

    static RealServer started(Path home, String... more) throws Exception {
        return of(home, List.of(), more).start();
    }

    Server server() {
        return server;
    }

    /** The directory of the management. */
    Path management() {
        return installation.home().resolve("work/management");
    }

    Path apps() {
        return installation.home().resolve("apps");
    }

    /** A request to the management with the owner's token. */
    HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", "Bearer " + token);
    }

    /** The same of nobody. */
    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.managementAddress().getPort() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** The status of a command that is given the port and the work directory of this server. */
    int command(String... arguments) throws ReflectiveOperationException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--admin-port",
                "" + server.managementAddress().getPort(),
                "--set",
                "work-directory=" + installation.home().resolve("work")));
        // Main.main ends the process
        Method execute = Class.forName("dev.sluice.deploy.command.Main").getDeclaredMethod("execute", String[].class);
        execute.setAccessible(true);
        return (int) execute.invoke(null, (Object) all.toArray(String[]::new));
    }

    /** What an application answers. */
    HttpResponse<String> application(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path)));
    }

    @Override
    public void close() {
        server.stop();
    }
}
