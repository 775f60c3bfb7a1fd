package dev.sluice.war;

import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.archive.ArchiveException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the loader share: a directory, and archives loaded from it in one line. */
public abstract class Loading {
    @TempDir
    protected Path directory;

    protected LoaderOptions options() {
        return LoaderOptions.of(directory.resolve("work"));
    }

    protected LoadedWebApplication load(ArchiveFile war) throws ArchiveException {
        return load(war, "test.war");
    }

    protected LoadedWebApplication load(ArchiveFile war, String name) throws ArchiveException {
        return (LoadedWebApplication) Archives.open(war.write(directory.resolve(name)), options());
    }

    protected LoadedWebApplication load(ArchiveFile war, LoaderOptions options) throws ArchiveException {
        return (LoadedWebApplication) Archives.open(war.write(directory.resolve("test.war")), options);
    }

    /** Only the description; the archive is closed again. */
    protected WebApplication describe(ArchiveFile war) throws ArchiveException {
        try (LoadedWebApplication loaded = load(war)) {
            return loaded.description();
        }
    }

    protected static ServletDescriptor servlet(WebApplication application, String name) {
        return application.servlets().stream()
                .filter(servlet -> servlet.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no servlet " + name + " in " + application.servlets()));
    }
}
