package dev.sluice.war;

import dev.sluice.war.archive.Archive;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.check.ApplicationCheck;
import dev.sluice.war.check.CheckReport;
import dev.sluice.war.loading.ApplicationClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Opens WARs, exploded directories and handler jars. Nothing of the application runs here: no class of it is initialised.
 */
public final class Archives {
    static {
        // A cached JarURLConnection keeps the jar of an application open, and after a redeploy serves the old bytes.
        URLConnection.setDefaultUseCaches("jar", false);
    }

    private Archives() {}

    /**
     * Opens an archive and describes it.
     *
     * @param source a {@code .war}, a handler jar, or a directory with the content of one
     * @return an open application; the caller closes it
     * @throws ArchiveException with the reason, which names the file and the place in it
     */
    public static LoadedArchive open(Path source, LoaderOptions options) throws ArchiveException {
        long start = System.nanoTime();
        Archive archive = Archive.open(source, options.workDirectory(), options.limits());
        try {
            String handler = archive.handlerClass();
            return handler == null
                    ? WebLoading.load(archive, options, start)
                    : handler(archive, handler, options, start);
        } catch (ArchiveException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /**
     * Reads the class files of an archive and reports what keeps the application from being safe to fork. Starts nothing, and changes
     * nothing.
     *
     * @param withLibraries whether the jars that the application brings are read too, and not only its own classes
     * @param shared whether a class, by its binary name, is configured to be shared by all forks
     */
    public static CheckReport check(Path source, LoaderOptions options, boolean withLibraries, Predicate<String> shared)
            throws ArchiveException {
        long start = System.nanoTime();
        try (Archive archive = Archive.open(source, options.workDirectory(), options.limits())) {
            return ApplicationCheck.report(
                    archive.name(), archive.hash(), CheckScope.of(archive, options, withLibraries, shared), start);
        }
    }

    private static LoadedArchive handler(Archive archive, String className, LoaderOptions options, long start)
            throws ArchiveException {
        ApplicationClassLoader loader =
                WebLoading.loader(archive, archive.handlerLibraries(), options, options.visibility());
        if (loader.getResource(className.replace('.', '/') + ".class") == null) {
            WebLoading.close(loader);
            throw ArchiveException.of(
                    archive.source().toString(),
                    "names the handler application " + className
                            + ", which it does not have (expected: a class in the jar)");
        }
        return new LoadedHandler(archive, loader, className, Duration.ofNanos(System.nanoTime() - start));
    }
}
