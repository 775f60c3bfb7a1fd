package dev.sluice.engine.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The media type for a file name's extension: a small table of the usual ones, and behind it, read when first needed,
 * a table made from mime-db (which is what IANA, Apache and nginx know). Safe for use by many threads.
 */
public final class MediaTypes {
    static final String TABLE = "media-types.txt";

    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("avif", "image/avif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("css", "text/css"),
            Map.entry("csv", "text/csv"),
            Map.entry("gif", "image/gif"),
            Map.entry("gz", "application/gzip"),
            Map.entry("htm", "text/html"),
            Map.entry("html", "text/html"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jar", "application/java-archive"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("js", "text/javascript"),
            Map.entry("json", "application/json"),
            Map.entry("jspf", "text/plain"),
            Map.entry("map", "application/json"),
            Map.entry("mjs", "text/javascript"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("xhtml", "application/xhtml+xml"),
            Map.entry("xml", "application/xml"),
            Map.entry("zip", "application/zip"));

    private MediaTypes() {}

    /** The type by the part of a file name behind its last dot, or null if there is none or it is not known. */
    public static @Nullable String ofFile(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.indexOf('/', dot) >= 0 ? null : ofExtension(name.substring(dot + 1));
    }

    /** The type of an extension without its dot, in any case, or null. */
    public static @Nullable String ofExtension(String extension) {
        String key = extension.toLowerCase(Locale.ROOT);
        String usual = USUAL.get(key);
        return usual != null || key.isEmpty() ? usual : Database.TYPES.get(key);
    }

    /** Loaded by the first file with an unusual extension. */
    private static final class Database {
        static final Map<String, String> TYPES = load();

        private Database() {}

        private static Map<String, String> load() {
            try (InputStream in = MediaTypes.class.getResourceAsStream(TABLE)) {
                if (in == null) {
                    throw new IllegalStateException(TABLE + " is missing beside " + MediaTypes.class);
                }
                Map<String, String> types = new HashMap<>();
                for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                    int space = line.indexOf(' ');
                    if (!line.startsWith("#") && space > 0) {
                        types.put(line.substring(0, space), line.substring(space + 1));
                    }
                }
                return Map.copyOf(types);
            } catch (IOException e) {
                throw new UncheckedIOException("the table of media types cannot be read", e);
            }
        }
    }
}
