package dev.sluice.war;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.archive.Archive;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import dev.sluice.war.jsp.JspPresence;
import dev.sluice.war.loading.ApplicationClassLoader;
import dev.sluice.war.loading.Visibility;
import dev.sluice.war.resource.ArchiveResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Opens a web application: class loader, description, resources in the order of the fragments. */
final class WebLoading {
    private static final System.Logger LOG = System.getLogger(WebLoading.class.getName());

    private WebLoading() {}

    static LoadedWebApplication load(Archive archive, LoaderOptions options, long start) throws ArchiveException {
        List<Library> libraries = archive.libraries();
        Description described = describe(archive, libraries, options);
        Visibility visibility = described.pages() ? JspPresence.visibility(options.visibility()) : options.visibility();
        ArchiveResources resources =
                ArchiveResources.open(archive.root(), inOrder(libraries, described.application()), options.links());
        ApplicationClassLoader loader = loader(archive, libraries, options, visibility);
        List<String> warnings = Stream.concat(
                        VendorDescriptors.warning(archive.root()),
                        Stream.ofNullable(described.javax())
                                .map(
                                        type -> type
                                                + " is made for javax.servlet (Servlet 4.0 and older) and does nothing here"
                                                + " (expected: jakarta.servlet; the tool jakartaee-migration of Apache Tomcat converts a WAR)"))
                .toList();
        Duration cost = Duration.ofNanos(System.nanoTime() - start);
        return new LoadedWebApplication(archive, loader, resources, described, libraries, warnings, cost);
    }

    /** With a loader of its own that loads nothing: what the application sees follows from the description. */
    static Description describe(Archive archive, List<Library> libraries, LoaderOptions options)
            throws ArchiveException {
        ApplicationClassLoader loader = loader(archive, libraries, options, options.visibility());
        try {
            return Description.of(archive, libraries, loader);
        } finally {
            close(loader);
        }
    }

    static ApplicationClassLoader loader(
            Archive archive, List<Library> libraries, LoaderOptions options, Visibility visibility)
            throws ArchiveException {
        if (!options.refusesExit()) {
            return new ApplicationClassLoader(archive.name(), files(libraries), options.container(), visibility);
        }
        try {
            return ApplicationClassLoader.refusingExit(
                    archive.name(), files(libraries), options.container(), visibility);
        } catch (IOException e) {
            throw ArchiveException.of(archive.source().toString(), "has a jar that cannot be opened: " + e, e);
        }
    }

    private static List<Path> files(List<Library> libraries) {
        return libraries.stream().map(Library::file).toList();
    }

    /** Fragments that an absolute ordering leaves out keep their resources, behind the others. */
    private static List<Library> inOrder(List<Library> libraries, WebApplication application) {
        List<String> ordered = application.orderedLibraries();
        if (ordered == null) {
            return libraries;
        }
        return libraries.stream()
                .sorted(Comparator.comparingInt(library -> {
                    int place = ordered.indexOf(library.name());
                    return place < 0 ? ordered.size() : place;
                }))
                .toList();
    }

    static void close(ApplicationClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, loader + " did not close all jars: " + e);
        }
    }
}
