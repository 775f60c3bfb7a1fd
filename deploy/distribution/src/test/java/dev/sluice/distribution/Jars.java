package dev.sluice.distribution;

import dev.sluice.distribution.application.LoadApplication;
import dev.sluice.distribution.application.SlowApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs archives for tests. */
final class Jars {
    private Jars() {}

    /** A handler jar with {@link SlowApplication}; the mark makes its bytes different. */
    static Path slow(Path file, String mark) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                text("Manifest-Version: 1.0\r\nSluice-Application: " + SlowApplication.class.getName() + "\r\n\r\n"));
        entries.put(path(SlowApplication.class), bytes(SlowApplication.class));
        entries.put("mark.txt", text(mark));
        return pack(file, entries);
    }

    /** A handler jar with this application and its classes. */
    static Path handler(Path file, Class<?> application, Class<?>... classes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                text("Manifest-Version: 1.0\r\nSluice-Application: " + application.getName() + "\r\n\r\n"));
        for (Class<?> type : classes) {
            entries.put(path(type), bytes(type));
        }
        return pack(file, entries);
    }

    /** A handler jar with {@link LoadApplication}. */
    static Path load(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                text("Manifest-Version: 1.0\r\nSluice-Application: " + LoadApplication.class.getName() + "\r\n\r\n"));
        entries.put(path(LoadApplication.class), bytes(LoadApplication.class));
        for (Class<?> inner : LoadApplication.class.getDeclaredClasses()) {
            entries.put(path(inner), bytes(inner));
        }
        return pack(file, entries);
    }

    /** A WAR with a web.xml and classes. */
    static Path war(Path file, String webXml, Class<?>... classes) throws IOException {
        return war(
                file,
                Map.of(
                        "WEB-INF/web.xml", text(webXml),
                        "index.html", text("<title>" + file.getFileName() + "</title>")),
                classes);
    }

    /** A WAR with files and classes. */
    static Path war(Path file, Map<String, byte[]> files, Class<?>... classes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(files);
        for (Class<?> type : classes) {
            entries.put("WEB-INF/classes/" + path(type), bytes(type));
        }
        return pack(file, entries);
    }

    /** The classes and those with these names, which a test cannot see. */
    static Class<?>[] with(Class<?>[] classes, String... names) {
        return Stream.concat(Stream.of(classes), Stream.of(names).map(Jars::named))
                .toArray(Class<?>[]::new);
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getResourceAsStream("/" + path(type))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pack(Path file, Map<String, byte[]> entries) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
