package dev.sluice.war;

import dev.sluice.war.archive.Archive;
import dev.sluice.war.loading.ApplicationClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A loaded handler application. */
public final class LoadedHandler implements LoadedArchive {
    private final Archive archive;
    private final ApplicationClassLoader loader;
    private final String className;
    private final Duration cost;

    LoadedHandler(Archive archive, ApplicationClassLoader loader, String className, Duration cost) {
        this.archive = archive;
        this.loader = loader;
        this.className = className;
        this.cost = cost;
    }

    /** The class that implements {@code dev.sluice.api.HandlerApplication}. */
    public String className() {
        return className;
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
        return List.of();
    }

    @Override
    public Duration cost() {
        return cost;
    }

    @Override
    public void close() {
        WebLoading.close(loader);
        archive.close();
    }
}
