package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.ApplicationKeys;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Key;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.gate.MountOptions;
import dev.sluice.engine.naming.DataSources;
import dev.sluice.fork.ForkOptions;
import dev.sluice.war.archive.ArchiveLimits;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about applications: their own section first, then what holds for all.
 *
 * @param configuration the configuration
 */
record ApplicationSettings(Configuration configuration) {

    /** The application's section is named like its archive, without the version if there is no section with it. */
    private <T> T value(DeploymentRequest request, Key<T> own, Key<T> all) {
        return configuration
                .value(own, request.name().name())
                .or(() -> configuration.value(own, section(request)))
                .orElseGet(() -> configuration.value(all));
    }

    private <T> T value(DeploymentRequest request, Key<T> own) {
        return configuration
                .value(own, request.name().name())
                .or(() -> configuration.value(own, section(request)))
                .orElse(own.absent());
    }

    private static String section(DeploymentRequest request) {
        String name = request.name().name();
        int mark = name.indexOf("##");
        return mark < 0 ? name : name.substring(0, mark);
    }

    /** Sections of the configuration that belong to none of these applications: misspelt, or of one that comes later. */
    List<String> unclaimed(Collection<DeploymentRequest> all) {
        return configuration.names("applications").stream()
                .filter(name -> all.stream()
                        .noneMatch(request -> name.equals(request.name().name()) || name.equals(section(request))))
                .toList();
    }

    /** What the gate allows it. */
    MountOptions mount(DeploymentRequest request) {
        return MountOptions.DEFAULT
                .withPermits(
                        value(request, ApplicationKeys.APPLICATION_PERMITS, Keys.REQUESTS_PERMITS),
                        value(request, ApplicationKeys.APPLICATION_QUEUE, Keys.REQUESTS_QUEUE))
                .withDeadline(value(request, ApplicationKeys.APPLICATION_DEADLINE, Keys.REQUESTS_DEADLINE))
                .withLane(LaneHint.valueOf(
                        value(request, ApplicationKeys.APPLICATION_LANE).toUpperCase(Locale.ROOT)))
                .withDevelopment(value(request, ApplicationKeys.APPLICATION_DEVELOPMENT));
    }

    /** Whether it may dispatch to others. */
    boolean crossContext(DeploymentRequest request) {
        return value(request, ApplicationKeys.APPLICATION_CROSS_CONTEXT);
    }

    /** Whether links in it are followed. */
    boolean links(DeploymentRequest request) {
        return value(request, ApplicationKeys.APPLICATION_LINKS);
    }

    /** Whether its calls that would end the process are refused. */
    boolean refusesExit(DeploymentRequest request) {
        return value(request, ApplicationKeys.APPLICATION_EXIT, Keys.EXIT).equals("refuse");
    }

    /** How much an archive may unpack to. */
    ArchiveLimits archives() {
        return new ArchiveLimits(
                configuration.value(Keys.LIMITS_ARCHIVE_SIZE),
                configuration.value(Keys.LIMITS_ARCHIVE_ENTRIES),
                configuration.value(Keys.LIMITS_ARCHIVE_RATIO));
    }

    /** Whether one servlet that fails at its start fails it. */
    boolean strict(DeploymentRequest request) {
        return value(request, ApplicationKeys.APPLICATION_STRICT);
    }

    /** The charset of its requests that name none; null: the specification's. */
    @Nullable
    Charset requestEncoding(DeploymentRequest request) {
        return charset(
                Keys.ENCODINGS_REQUEST,
                value(request, ApplicationKeys.APPLICATION_REQUEST_ENCODING, Keys.ENCODINGS_REQUEST));
    }

    /** The charset of its responses that name none; null: the specification's. */
    @Nullable
    Charset responseEncoding(DeploymentRequest request) {
        return charset(
                Keys.ENCODINGS_RESPONSE,
                value(request, ApplicationKeys.APPLICATION_RESPONSE_ENCODING, Keys.ENCODINGS_RESPONSE));
    }

    private static @Nullable Charset charset(Key<String> key, String name) {
        if (name.isEmpty()) {
            return null;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    key.name() + ": " + name + " (expected: a charset of this Java, such as UTF-8)", unknown);
        }
    }

    /** Whether clients see what went wrong in it. */
    boolean development(DeploymentRequest request) {
        return value(request, ApplicationKeys.APPLICATION_DEVELOPMENT);
    }

    /** How its templates and forked servlets are published. */
    ForkOptions forks(DeploymentRequest request) {
        return ForkOptions.defaults()
                .sharing(value(request, ApplicationKeys.APPLICATION_SHARED).toArray(String[]::new))
                .provedObjects(value(request, ApplicationKeys.APPLICATION_PROVED_OBJECTS));
    }

    /** Its context parameters or settings. */
    Map<String, String> parameters(DeploymentRequest request) {
        return named(request, "parameters", ApplicationKeys.APPLICATION_PARAMETERS);
    }

    /** Its fixed responses, by their paths: texts, or files behind {@code file:}. */
    Map<String, String> fixed(DeploymentRequest request) {
        return named(request, "fixed", ApplicationKeys.APPLICATION_FIXED);
    }

    private Map<String, String> named(DeploymentRequest request, String part, Key<String> key) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String section : new String[] {section(request), request.name().name()}) {
            for (String name : configuration.names("applications", section, part)) {
                configuration.value(key, section, name).ifPresent(value -> all.put(name, value));
            }
        }
        return all;
    }

    /** The data sources that every application may look up. */
    List<DataSources.Definition> dataSources() {
        return configuration.names("data-sources").stream()
                .map(name -> new DataSources.Definition(
                        name,
                        named(ApplicationKeys.DATA_SOURCE_DRIVER, name),
                        named(ApplicationKeys.DATA_SOURCE_URL, name),
                        named(ApplicationKeys.DATA_SOURCE_USER, name),
                        named(ApplicationKeys.DATA_SOURCE_PASSWORD, name),
                        named(ApplicationKeys.DATA_SOURCE_MAX_SIZE, name),
                        named(ApplicationKeys.DATA_SOURCE_TIMEOUT, name)))
                .toList();
    }

    private <T> T named(Key<T> key, String name) {
        return configuration.value(key, name).orElse(key.absent());
    }
}
