package dev.sluice.war;

import dev.sluice.war.loading.Visibility;
import java.nio.file.Path;

/**
 * How archives are loaded.
 *
 * @param workDirectory where archives are unpacked, each into a directory of its own
 * @param container the class loader with the APIs
 * @param visibility what applications see of it
 */
public record LoaderOptions(Path workDirectory, ClassLoader container, Visibility visibility) {

    /** The defaults: this library's own class loader, and the APIs only. */
    public static LoaderOptions of(Path workDirectory) {
        return new LoaderOptions(workDirectory, LoaderOptions.class.getClassLoader(), Visibility.API);
    }

    /** These, with another visibility. */
    public LoaderOptions withVisibility(Visibility other) {
        return new LoaderOptions(workDirectory, container, other);
    }
}
