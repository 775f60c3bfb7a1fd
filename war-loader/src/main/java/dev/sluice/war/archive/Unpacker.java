package dev.sluice.war.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Writes the entries of a zip below a directory, and nowhere else. */
final class Unpacker {
    private Unpacker() {}

    /** By name {@code *.war}, or by a directory {@code WEB-INF}. */
    static boolean isWebApplication(Path file) throws ArchiveException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".war")
                    || zip.stream().anyMatch(entry -> entry.getName().startsWith("WEB-INF/"));
        } catch (IOException e) {
            throw notAZip(file, e);
        }
    }

    /** Unpacks the entries whose names start with {@code prefix}, with their times of change. */
    static void unpack(Path file, Path root, String prefix, UnpackBudget budget) throws ArchiveException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            budget.admit(zip, file, "");
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(prefix)) {
                    write(zip, entry, target(file, root, entry.getName()), budget);
                }
            }
        } catch (IOException e) {
            throw notAZip(file, e);
        }
    }

    private static Path target(Path file, Path root, String name) throws ArchiveException {
        Path target = root.resolve(name.replace('\\', '/')).normalize();
        if (name.startsWith("/") || !target.startsWith(root)) {
            throw ArchiveException.of(
                    file.toString(), "the entry '" + name + "' would be written outside the application's directory");
        }
        return target;
    }

    private static void write(ZipFile zip, ZipEntry entry, Path target, UnpackBudget budget)
            throws ArchiveException, IOException {
        makeDirectory(target.getParent(), budget);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        try (OutputStream out = Files.newOutputStream(target)) {
            budget.copy(zip, "", entry, out);
        }
        FileTime time = entry.getLastModifiedTime();
        if (time != null) {
            Files.setLastModifiedTime(target, time);
        }
    }

    /** A name of many levels makes as many directories, which count. */
    private static void makeDirectory(@Nullable Path directory, UnpackBudget budget)
            throws ArchiveException, IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = directory; at != null && !Files.isDirectory(at); at = at.getParent()) {
            budget.directory();
            missing.push(at);
        }
        for (Path each : missing) {
            Files.createDirectory(each);
        }
    }

    private static ArchiveException notAZip(Path file, IOException cause) {
        if (cause instanceof ZipException) {
            return ArchiveException.of(
                    file.toString(),
                    "is not a complete zip archive (" + cause.getMessage()
                            + "); build the archive again, or wait until it is copied whole",
                    cause);
        }
        return ArchiveException.of(file.toString(), "cannot be unpacked: " + cause, cause);
    }
}
