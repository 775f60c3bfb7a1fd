package dev.sluice.engine.resource;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Files and what is remembered of them for a moment: bounded, and safe for use by many threads. */
final class StaticFiles {
    private final WebResources resources;
    private final StaticOptions options;
    private final Function<String, @Nullable String> mediaType;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    StaticFiles(
            WebResources resources,
            StaticOptions options,
            Function<String, @Nullable String> mediaType,
            InstantSource clock) {
        this.resources = resources;
        this.options = options;
        this.mediaType = mediaType;
        this.clock = clock;
    }

    /** The file or directory at a path, or null. */
    @Nullable
    StaticFile find(String path) {
        Instant now = clock.instant();
        Entry entry = entries.get(path);
        if (entry != null && now.isBefore(entry.until())) {
            return entry.file();
        }
        StaticFile found = load(path);
        if (found == null) {
            entries.remove(path);
            return null;
        }
        if (entry != null && unchanged(entry.file(), found)) {
            found = entry.file();
        }
        remember(path, new Entry(found, now.plus(options.freshness())), now);
        return found;
    }

    /** Then the old one is kept, for it may hold the content. */
    private static boolean unchanged(StaticFile before, StaticFile now) {
        return before.entityTag().equals(now.entityTag()) && !before.hasVariants() && !now.hasVariants();
    }

    private void remember(String path, Entry entry, Instant now) {
        if (entries.size() >= options.cachedFiles() && !entries.containsKey(path)) {
            entries.values().removeIf(old -> !now.isBefore(old.until()));
        }
        if (entries.size() < options.cachedFiles() || entries.containsKey(path)) {
            entries.put(path, entry);
        }
    }

    private @Nullable StaticFile load(String path) {
        WebResource resource = resources.find(path);
        if (resource == null) {
            return null;
        }
        if (resource.directory()) {
            return new StaticFile(resource, null, null, List.of());
        }
        String type = mediaType.apply(path);
        List<StaticFile> variants = new ArrayList<>();
        if (options.precompressed()) {
            variant(resource, "br", ".br", type, variants);
            variant(resource, "gzip", ".gz", type, variants);
        }
        return new StaticFile(resource, null, type, variants);
    }

    /** A compressed file that is older than the plain one is out of date. */
    private void variant(
            WebResource plain, String coding, String suffix, @Nullable String type, List<StaticFile> variants) {
        WebResource packed = resources.find(plain.path() + suffix);
        if (packed != null && !packed.directory() && !packed.lastModified().isBefore(plain.lastModified())) {
            variants.add(new StaticFile(packed, coding, type, List.of()));
        }
    }

    private record Entry(StaticFile file, Instant until) {}
}
