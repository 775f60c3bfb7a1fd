package dev.sluice.war;

import dev.sluice.war.annotation.LibraryFiles;
import dev.sluice.war.archive.ArchiveException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.jandex.Index;

/** Indexes libraries in parallel, each once; a jar that was indexed before for another application or version is not read again. */
final class Scan {
    private Scan() {}

    /** The indexes by library name. */
    static Map<String, Index> of(List<LibraryFiles> libraries) throws ArchiveException {
        Map<String, Index> indexes = new ConcurrentHashMap<>();
        Map<String, ArchiveException> failures = new ConcurrentHashMap<>();
        libraries.stream().parallel().forEach(library -> {
            try {
                indexes.put(library.library().name(), IndexCache.SHARED.index(library));
            } catch (ArchiveException e) {
                failures.put(library.library().name(), e);
            }
        });
        for (LibraryFiles library : libraries) {
            ArchiveException failure = failures.get(library.library().name());
            if (failure != null) {
                throw failure;
            }
        }
        return indexes;
    }
}
