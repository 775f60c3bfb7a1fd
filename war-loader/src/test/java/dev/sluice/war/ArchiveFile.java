package dev.sluice.war;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a zip in memory, one line per entry. */
public final class ArchiveFile {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0); // the same content is the same file

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private ArchiveFile() {}

    public static ArchiveFile empty() {
        return new ArchiveFile();
    }

    public ArchiveFile text(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public ArchiveFile bytes(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public ArchiveFile webXml(String body) {
        return text(
                "WEB-INF/web.xml",
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'>" + body + "</web-app>");
    }

    public ArchiveFile fragment(String body) {
        return text(
                "META-INF/web-fragment.xml",
                "<web-fragment xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'>" + body + "</web-fragment>");
    }

    public ArchiveFile manifest(String... attributes) {
        StringBuilder text = new StringBuilder("Manifest-Version: 1.0\r\n");
        for (String attribute : attributes) {
            text.append(attribute).append("\r\n");
        }
        return text(JarFile.MANIFEST_NAME, text + "\r\n");
    }

    /** Adds test classes below WEB-INF/classes. */
    public ArchiveFile webClasses(Class<?>... types) {
        return classes("WEB-INF/classes/", types);
    }

    /** Adds test classes at the root, as in a library. */
    public ArchiveFile classes(Class<?>... types) {
        return classes("", types);
    }

    private ArchiveFile classes(String prefix, Class<?>... types) {
        for (Class<?> type : types) {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                entries.put(prefix + file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    public ArchiveFile compiled(String prefix, Map<String, byte[]> classes) {
        classes.forEach((name, code) -> entries.put(prefix + name.replace('.', '/') + ".class", code));
        return this;
    }

    public ArchiveFile library(String name, ArchiveFile jar) {
        entries.put("WEB-INF/lib/" + name, jar.toBytes());
        return this;
    }

    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(out);
        return out.toByteArray();
    }

    private void writeTo(OutputStream out) {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry named = new ZipEntry(entry.getKey());
                named.setTimeLocal(TIME);
                zip.putNextEntry(named);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path write(Path file) {
        try {
            Files.write(file, toBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the entries as files below a directory. */
    public Path explode(Path directory) {
        entries.forEach((name, content) -> {
            try {
                Path file = directory.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return directory;
    }
}
