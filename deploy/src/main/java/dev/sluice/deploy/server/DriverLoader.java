package dev.sluice.deploy.server;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The class loader of the jars of one directory, such as drivers: they see the JDK, and neither the container nor any application. */
final class DriverLoader {
    private DriverLoader() {}

    /**
     * A loader for the jars that are there now; empty if there is no such directory. It lives as long as the process.
     *
     * @throws IOException if the directory cannot be read
     */
    static ClassLoader of(Path directory) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars(directory)) {
            urls.add(url(jar));
        }
        return new URLClassLoader("drivers", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    private static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
