package dev.sluice.launch;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the process begins. The jars of {@code lib} beside this one get a class loader of their own, below the JDK's: applications ask
 * {@link ClassLoader#getSystemClassLoader()} too, and find nothing of the container there.
 */
public final class Launcher {
    private static final String LOG_MANAGER = "java.util.logging.manager";
    private static final String MAIN = "dev.sluice.deploy.command.Main";

    private Launcher() {}

    /** Runs a command of the container. */
    public static void main(String[] arguments) throws Throwable {
        // Only named here: the JDK's log manager is made when a class below it is.
        if (System.getProperty(LOG_MANAGER) == null) {
            System.setProperty(LOG_MANAGER, LastingLogs.class.getName());
        }
        ClassLoader container = container(libraries());
        Thread.currentThread().setContextClassLoader(container);
        ContainerLogs.from(container);
        try {
            container.loadClass(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Open as long as the process runs. */
    static URLClassLoader container(List<Path> jars) {
        return new URLClassLoader(
                "sluice", jars.stream().map(Launcher::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL for " + jar + " (expected: a file)", e);
        }
    }

    private static List<Path> libraries() throws IOException, URISyntaxException {
        URI here = Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Path lib = Path.of(here).resolveSibling("lib");
        if (!Files.isDirectory(lib)) {
            throw new IOException(
                    lib + ": no such directory (expected: sluice.jar stays where it was unpacked, beside lib"
                            + File.separator + ")");
        }
        return jars(lib);
    }

    /** The jars of a directory, by name. */
    static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }
}
