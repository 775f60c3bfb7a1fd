package dev.sluice.deploy.command;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Asks a running instance. */
final class ManagementClient {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final String base;

    ManagementClient(Configuration configuration) {
        this.base =
                "http://" + configuration.value(Keys.MANAGEMENT_HOST) + ":" + configuration.value(Keys.MANAGEMENT_PORT);
    }

    /** The objects of a JSON array. */
    List<Map<String, Object>> list(String path) {
        if (read(path) instanceof List<?> items) {
            return items.stream().map(ManagementClient::object).toList();
        }
        throw unexpected(path);
    }

    /** The members of a JSON object. */
    Map<String, Object> object(String path) {
        return object(read(path));
    }

    @SuppressWarnings("unchecked") // the names in JSON are text
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** YAML 1.2 contains JSON. */
    private Object read(String path) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(get(path));
        if (value == null) {
            throw unexpected(path);
        }
        return value;
    }

    private CommandFailure unexpected(String path) {
        return new CommandFailure(ExitStatus.FAILED, base + path + " answered something else than Sluice does");
    }

    private String get(String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        base + path + " answered " + connection.getResponseCode()
                                + " (expected: 200; is this Sluice?)");
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "no instance answers at " + base + ": " + e.getMessage()
                            + " (expected: a running one; --admin-port says which)");
        }
    }
}
