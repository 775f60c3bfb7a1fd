package dev.sluice.war;

import dev.sluice.war.annotation.LibraryFiles;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.ContentHash;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.jandex.Index;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of jars by the hash of their content, for redeploys and for applications that share libraries. Holds at most
 * {@value #LIMIT} softly; safe for use by many threads. Directories of classes are indexed each time.
 */
final class IndexCache {
    /** The one of this process. */
    static final IndexCache SHARED = new IndexCache();

    private static final int LIMIT = 512;

    private final Map<String, SoftReference<Index>> indexes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Index>> eldest) {
            return size() > LIMIT;
        }
    };
    private final AtomicLong hits = new AtomicLong();

    /** How often an index was found. */
    long hits() {
        return hits.get();
    }

    Index index(LibraryFiles files) throws ArchiveException {
        if (!files.library().jar()) {
            return files.index();
        }
        String hash = hash(files);
        Index known = find(hash);
        if (known != null) {
            hits.incrementAndGet();
            return known;
        }
        Index made = files.index();
        synchronized (indexes) {
            indexes.put(hash, new SoftReference<>(made));
        }
        return made;
    }

    private @Nullable Index find(String hash) {
        synchronized (indexes) {
            SoftReference<Index> reference = indexes.get(hash);
            return reference == null ? null : reference.get();
        }
    }

    private static String hash(LibraryFiles files) throws ArchiveException {
        try {
            return ContentHash.ofFile(files.library().file());
        } catch (IOException e) {
            throw ArchiveException.of(files.library().place(""), "cannot be read: " + e, e);
        }
    }
}
