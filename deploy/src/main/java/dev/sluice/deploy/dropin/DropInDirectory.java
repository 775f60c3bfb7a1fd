package dev.sluice.deploy.dropin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices what was dropped into a directory, replaced or removed. It is asked again and again; an answer is given once.
 *
 * <p>What is still being written is not reported: an archive or directory must look the same in two polls in a row (at the first sight
 * of it, it must have been left alone for two seconds), and an archive must be a ZIP file to its end. One that is not and does
 * not change any more is reported all the same after the copy time, so that somebody says why it does not run. What is gone is
 * reported when it was gone in two polls in a row, so that "remove and copy again" is one change.
 *
 * <p>Used by one thread at a time. Files whose names begin with a dot, and files that are neither .war nor .jar, do not count.
 */
public final class DropInDirectory {
    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);

    private final Path directory;
    private final Duration copyTime;
    private final Clock clock;
    private final Map<Path, Entry> entries = new TreeMap<>();

    /** Watches a directory, which need not exist yet. */
    public DropInDirectory(Path directory, Duration copyTime, Clock clock) {
        this.directory = directory;
        this.copyTime = copyTime;
        this.clock = clock;
    }

    /** What happened to an archive or an exploded directory. */
    public enum Kind {
        /** It is new. */
        APPEARED,
        /** Its content changed. */
        CHANGED,
        /** It is gone. */
        VANISHED
    }

    /**
     * One change.
     *
     * @param kind what happened
     * @param path the archive or directory
     */
    public record Change(Kind kind, Path path) {}

    private static final class Entry {
        private Fingerprint seen;
        private Instant since;
        private @Nullable Fingerprint reported;
        private int missed;

        Entry(Fingerprint seen, Instant since) {
            this.seen = seen;
            this.since = since;
        }
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    /** Looks once: what is gone first, then what is new or changed, each in the order of the names. */
    public List<Change> poll() throws IOException {
        Map<Path, Fingerprint> now = scan();
        List<Change> changes = new ArrayList<>(vanished(now));
        for (Map.Entry<Path, Fingerprint> found : now.entrySet()) {
            Entry entry = entries.get(found.getKey());
            boolean settled;
            if (entry == null) {
                entry = new Entry(found.getValue(), clock.instant());
                entries.put(found.getKey(), entry);
                settled = !found.getValue().modified().isAfter(clock.instant().minus(LEFT_ALONE));
            } else {
                settled = entry.seen.equals(found.getValue());
                if (!settled) {
                    entry.seen = found.getValue();
                    entry.since = clock.instant();
                }
            }
            entry.missed = 0;
            if (settled && !Objects.equals(entry.reported, entry.seen) && whole(found.getKey(), entry)) {
                changes.add(new Change(entry.reported == null ? Kind.APPEARED : Kind.CHANGED, found.getKey()));
                entry.reported = entry.seen;
            }
        }
        return changes;
    }

    /** Whether something was seen that has not been reported yet: a copy under way, or a time in the future. */
    public boolean unsettled() {
        return entries.values().stream().anyMatch(entry -> entry.missed == 0 && !entry.seen.equals(entry.reported));
    }

    private List<Change> vanished(Map<Path, Fingerprint> now) {
        List<Change> changes = new ArrayList<>();
        for (Iterator<Map.Entry<Path, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Path, Entry> known = all.next();
            if (!now.containsKey(known.getKey()) && ++known.getValue().missed >= 2) {
                if (known.getValue().reported != null) {
                    changes.add(new Change(Kind.VANISHED, known.getKey()));
                }
                all.remove();
            }
        }
        return changes;
    }

    private boolean whole(Path path, Entry entry) throws IOException {
        try {
            return Files.isDirectory(path)
                    || ZipEnd.complete(path)
                    || !clock.instant().isBefore(entry.since.plus(copyTime));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Map<Path, Fingerprint> scan() throws IOException {
        Map<Path, Fingerprint> found = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, DropInDirectory::counts)) {
            for (Path path : paths) {
                try {
                    found.put(path, Fingerprint.of(path));
                } catch (NoSuchFileException e) {
                    // removed while we looked
                }
            }
        }
        return found;
    }

    private static boolean counts(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        if (name.startsWith(".")) {
            return false;
        }
        return Files.isDirectory(path) || name.endsWith(".war") || name.endsWith(".jar");
    }
}
