package dev.sluice.war;

import dev.sluice.war.archive.Archive;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import dev.sluice.war.check.ApplicationCheck;
import dev.sluice.war.check.CheckReport;
import dev.sluice.war.check.ForkedServlets;
import dev.sluice.war.loading.ApplicationClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
     * @param withLibraries whether the jars of WEB-INF/lib are checked too, and not only the application's own classes
     */
    public static CheckReport check(Path source, LoaderOptions options, boolean withLibraries) throws ArchiveException {
        long start = System.nanoTime();
        try (Archive archive = Archive.open(source, options.workDirectory(), options.limits())) {
            boolean handler = archive.handlerClass() != null;
            List<Library> libraries = handler ? archive.handlerLibraries() : archive.libraries();
            List<Library> checked = libraries.stream()
                    .filter(library -> withLibraries || library.equals(libraries.get(0)) && (handler || !library.jar()))
                    .toList();
            ForkedServlets forked = handler
                    ? ForkedServlets.NONE
                    : new ForkedServlets(WebLoading.describe(archive, libraries, options)
                            .application()
                            .servlets());
            return ApplicationCheck.report(archive.name(), archive.hash(), checked, forked, start);
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
