package dev.sluice.engine.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media type for a file name's extension: a small table of the usual ones, and behind it, read when first needed,
 * the whole of mime-db (which is what IANA, Apache and nginx know). Safe for use by many threads.
 */
public final class MediaTypes {
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
        private static final String PROPERTIES = "/META-INF/maven/org.webjars.npm/mime-db/pom.properties";
        private static final Pattern TYPE = Pattern.compile("^  \"([^\"]+/[^\"]+)\": \\{");
        private static final Pattern SOURCE = Pattern.compile("^    \"source\": \"([^\"]+)\"");
        private static final Pattern EXTENSIONS = Pattern.compile("^    \"extensions\": \\[(.*)]");
        private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
        static final Map<String, String> TYPES = load();

        private Database() {}

        private static Map<String, String> load() {
            Properties properties = new Properties();
            try (InputStream in = open(PROPERTIES)) {
                properties.load(in);
                String version = properties.getProperty("version");
                try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        open("/META-INF/resources/webjars/mime-db/" + version + "/db.json"), StandardCharsets.UTF_8))) {
                    return read(lines);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the table of media types cannot be read", e);
            }
        }

        private static Map<String, String> read(BufferedReader lines) throws IOException {
            Map<String, String> types = new HashMap<>();
            Map<String, Boolean> registered = new HashMap<>();
            String type = "";
            boolean iana = false;
            for (String line; (line = lines.readLine()) != null; ) {
                Matcher start = TYPE.matcher(line);
                Matcher source = SOURCE.matcher(line);
                Matcher extensions = EXTENSIONS.matcher(line);
                if (start.find()) {
                    type = start.group(1);
                    iana = false;
                } else if (source.find()) {
                    iana = source.group(1).equals("iana");
                } else if (extensions.find()) {
                    Matcher extension = QUOTED.matcher(extensions.group(1));
                    while (extension.find()) {
                        String key = extension.group(1);
                        if (!types.containsKey(key) || iana && !Boolean.TRUE.equals(registered.get(key))) {
                            types.put(key, type);
                            registered.put(key, iana);
                        }
                    }
                }
            }
            return Map.copyOf(types);
        }

        private static InputStream open(String file) throws IOException {
            InputStream in = MediaTypes.class.getResourceAsStream(file);
            if (in == null) {
                throw new IOException(file + " is not on the class path (expected: the mime-db webjar)");
            }
            return in;
        }
    }
}
