package dev.sluice.deploy.command;

import dev.sluice.deploy.json.Json;
import dev.sluice.war.archive.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice deploy}: sends an archive to a running instance, or names one that lies there. */
@Command(
        name = "deploy",
        description =
                "Deploys an archive to a running instance, in place of what runs there under its name; returns when requests go to it.",
        mixinStandardHelpOptions = true)
final class DeployCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "APP", description = "A WAR or handler jar.")
    @SuppressWarnings("NullAway.Init") // required
    private Path archive;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Its name, which says its context path: shop, ROOT, a#b or shop##2. That of the file by default.")
    private @Nullable String name;

    @Option(names = "--virtual-host", paramLabel = "HOST", description = "The virtual host that it belongs to.")
    private @Nullable String host;

    @Option(
            names = "--on-server",
            description =
                    "APP is a path on the server's machine, of an archive or an exploded directory; nothing is sent.")
    private boolean onServer;

    @Override
    public Integer call() {
        String file = String.valueOf(archive.toAbsolutePath().normalize().getFileName());
        String called = name == null ? file.replaceFirst("\\.(?i:war|jar)$", "") : name;
        ApplicationCommands.tell(spec, onServer ? onServer(called) : upload(called));
        return ExitStatus.OK;
    }

    private Map<String, Object> onServer(String called) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", called);
        body.put("path", archive.toString());
        if (host != null) {
            body.put("host", host);
        }
        return server.client()
                .call(
                        "POST",
                        "/api/v1/apps" + ApplicationCommands.WAIT,
                        Map.of("Content-Type", "application/json"),
                        ManagementClient.Content.json(Json.write(body)));
    }

    private Map<String, Object> upload(String called) {
        if (!Files.isRegularFile(archive)) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    archive
                            + ": no such file (expected: a WAR or a handler jar; --on-server for an exploded directory)");
        }
        String path = ApplicationPath.of(host == null ? called : host + "/" + called) + ApplicationCommands.WAIT;
        try {
            Map<String, String> headers = Map.of(
                    "Content-Type", "application/octet-stream", "Content-Digest", "sha-256=:" + sha256(archive) + ":");
            long length = Files.size(archive);
            try (InputStream in = Files.newInputStream(archive)) {
                return server.client()
                        .call("PUT", path, headers, ManagementClient.Content.stream(in, length, progress(length)));
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.FAILED, archive + " cannot be read: " + e);
        }
    }

    private static String sha256(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(ContentHash.ofFile(file)));
    }

    /** On a terminal a line that grows; elsewhere nothing. */
    private LongConsumer progress(long length) {
        if (Terminal.console() == null || length == 0) {
            return sent -> {};
        }
        int[] shown = {-1};
        return sent -> {
            int percent = (int) (sent * 100 / length);
            if (percent != shown[0]) {
                shown[0] = percent;
                spec.commandLine().getErr().print("\rsent " + percent + " %" + (percent == 100 ? "\n" : ""));
                spec.commandLine().getErr().flush();
            }
        };
    }
}
