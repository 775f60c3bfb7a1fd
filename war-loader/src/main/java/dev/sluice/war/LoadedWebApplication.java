package dev.sluice.war;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.resource.WebResources;
import dev.sluice.war.archive.Archive;
import dev.sluice.war.archive.Library;
import dev.sluice.war.jsp.JspEngine;
import dev.sluice.war.jsp.JspOptions;
import dev.sluice.war.loading.ApplicationClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A loaded web application. */
public final class LoadedWebApplication implements LoadedArchive {
    private final Archive archive;
    private final ApplicationClassLoader loader;
    private final WebResources resources;
    private final Description description;
    private final List<Library> libraries;
    private final List<String> warnings;
    private final Duration cost;

    LoadedWebApplication(
            Archive archive,
            ApplicationClassLoader loader,
            WebResources resources,
            Description description,
            List<Library> libraries,
            List<String> warnings,
            Duration cost) {
        this.archive = archive;
        this.loader = loader;
        this.resources = resources;
        this.description = description;
        this.libraries = List.copyOf(libraries);
        this.warnings = List.copyOf(warnings);
        this.cost = cost;
    }

    /** What web.xml, the fragments and the annotations say, merged. */
    public WebApplication description() {
        return description.application();
    }

    /** The application's files. */
    public WebResources resources() {
        return resources;
    }

    /** Whether it has pages, tag files, tag libraries or compiled pages, so that {@link #jsp} is needed. */
    public boolean hasPages() {
        return description.pages();
    }

    /**
     * A JSP engine for this application. Loads Jasper: only to be called if {@link #hasPages}.
     *
     * @param instances makes tag handlers and pages
     */
    public JspEngine jsp(JspOptions options, InstanceFactory instances) {
        return new JspEngine(description.application(), description.tagLibraries(), options, instances);
    }

    /** WEB-INF/classes and the jars of WEB-INF/lib, as the class loader searches them. */
    public List<Library> libraries() {
        return libraries;
    }

    /** The directory with the application's files: what {@code ServletContext.getRealPath("/")} gives. */
    public Path root() {
        return archive.root();
    }

    @Override
    public String name() {
        return archive.name();
    }

    @Override
    public Path source() {
        return archive.source();
    }

    @Override
    public String contentHash() {
        return archive.hash();
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public Duration cost() {
        return cost;
    }

    @Override
    public void close() {
        WebLoading.close(loader);
        resources.close();
        archive.close();
    }
}
