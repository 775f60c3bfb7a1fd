package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Where the server is installed; relative paths of the configuration are relative to it.
 *
 * @param home the directory with bin, conf, lib and apps
 */
public record Installation(Path home) {
    /** Makes the path absolute. */
    public Installation {
        home = home.toAbsolutePath().normalize();
    }

    /** The installation that this code runs from: what bin/sluice says, else where the jars lie, else the current directory. */
    public static Installation find() {
        String given = System.getProperty("sluice.home");
        if (given != null) {
            return new Installation(Path.of(given));
        }
        Path directory = directoryOfJar();
        Path parent = directory.getParent();
        return new Installation(directory.endsWith("lib") && parent != null ? parent : Path.of(""));
    }

    private static Path directoryOfJar() {
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        try {
            Path jar = location == null ? Path.of("") : Path.of(location.toURI());
            Path parent = jar.getParent();
            return parent == null ? jar : parent;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("location of the jar: " + location + " (expected: a file URL)", e);
        }
    }

    /** A path of the configuration. */
    public Path resolve(String path) {
        return home.resolve(path).normalize();
    }

    /** Where the management keeps tokens, its journal and what was deployed through it. */
    public Path management(Configuration configuration) {
        return resolve(configuration.value(Keys.WORK_DIRECTORY)).resolve("management");
    }

    /** The configuration file if there is one. */
    public java.util.Optional<Path> configurationFile() {
        Path file = home.resolve("conf").resolve("sluice.yaml");
        return Files.isRegularFile(file) ? java.util.Optional.of(file) : java.util.Optional.empty();
    }
}
