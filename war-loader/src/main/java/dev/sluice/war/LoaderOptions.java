package dev.sluice.war;

import dev.sluice.war.archive.ArchiveLimits;
import dev.sluice.war.loading.Visibility;
import java.nio.file.Path;

/**
 * How archives are loaded.
 *
 * @param workDirectory where archives are unpacked, each into a directory of its own
 * @param container the class loader with the APIs
 * @param visibility what applications see of it
 * @param links whether symbolic links in an exploded application are followed, wherever they lead
 * @param limits how much an archive may unpack to
 * @param refusesExit whether calls of an application that would end the process throw an exception
 */
public record LoaderOptions(
        Path workDirectory,
        ClassLoader container,
        Visibility visibility,
        boolean links,
        ArchiveLimits limits,
        boolean refusesExit) {

    /** The defaults: this library's own class loader, and the APIs only; no links. */
    public static LoaderOptions of(Path workDirectory) {
        return new LoaderOptions(
                workDirectory,
                LoaderOptions.class.getClassLoader(),
                Visibility.API,
                false,
                ArchiveLimits.DEFAULT,
                false);
    }

    /** These, with another visibility. */
    public LoaderOptions withVisibility(Visibility other) {
        return new LoaderOptions(workDirectory, container, other, links, limits, refusesExit);
    }

    /** These, with links followed or not. */
    public LoaderOptions withLinks(boolean value) {
        return new LoaderOptions(workDirectory, container, visibility, value, limits, refusesExit);
    }

    /** These, with other limits. */
    public LoaderOptions withLimits(ArchiveLimits other) {
        return new LoaderOptions(workDirectory, container, visibility, links, other, refusesExit);
    }

    /** These, with calls that would end the process refused or not. */
    public LoaderOptions withRefusedExit(boolean value) {
        return new LoaderOptions(workDirectory, container, visibility, links, limits, value);
    }
}
