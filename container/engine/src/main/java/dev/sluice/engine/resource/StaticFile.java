package dev.sluice.engine.resource;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one file: its header fields, its compressed siblings, and the content if it is small. Immutable
 * but for the content, which is filled in once. Safe for use by many threads.
 */
final class StaticFile {
    /** Content up to this size is kept in memory. */
    private static final int SMALL = 16 * 1024;

    private final WebResource resource;
    private final @Nullable String coding;
    private final @Nullable String contentType;
    private final String entityTag;
    private final long lastModified;
    private final List<StaticFile> variants;
    private volatile byte @Nullable [] content;

    StaticFile(WebResource resource, @Nullable String coding, @Nullable String contentType, List<StaticFile> variants) {
        this.resource = resource;
        this.coding = coding;
        this.contentType = contentType;
        this.entityTag = '"' + resource.entityTag() + (coding == null ? "" : "-" + coding) + '"';
        this.lastModified = resource.lastModified().toEpochMilli();
        this.variants = List.copyOf(variants);
    }

    WebResource resource() {
        return resource;
    }

    long size() {
        return resource.size();
    }

    @Nullable
    String contentType() {
        return contentType;
    }

    /** The content coding of a variant; null for the plain file. */
    @Nullable
    String coding() {
        return coding;
    }

    /** With its quotes. */
    String entityTag() {
        return entityTag;
    }

    long lastModified() {
        return lastModified;
    }

    boolean hasVariants() {
        return !variants.isEmpty();
    }

    /** The variant that the client likes best, or this. */
    StaticFile preferred(@Nullable String acceptEncoding) {
        StaticFile best = this;
        int weight = 0;
        for (StaticFile variant : variants) {
            String name = variant.coding;
            int candidate = name == null ? 0 : ContentCodings.weight(acceptEncoding, name);
            if (candidate > weight) {
                best = variant;
                weight = candidate;
            }
        }
        return best;
    }

    /** The content if it is small, or null. */
    byte @Nullable [] content() throws IOException {
        byte[] known = content;
        if (known == null && size() <= SMALL) {
            try (InputStream in = resource.open()) {
                known = in.readNBytes(SMALL + 1);
            }
            if (known.length != size()) {
                return null;
            }
            content = known;
        }
        return known;
    }
}
