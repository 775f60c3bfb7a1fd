package dev.sluice.deploy.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files and directories that nobody but their owner can open; where the file system has no such permissions, it is left to its own. */
public final class OwnerOnly {
    private OwnerOnly() {}

    private static FileAttribute<?>[] permissions(Path place, String text) throws IOException {
        Path existing = place;
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.toAbsolutePath().getParent(), "the root exists");
        }
        return Files.getFileStore(existing).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    /** Makes the directory, and those above it, unless it is there. */
    public static Path directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        }
        return directory;
    }

    /** Makes an empty file unless it is there. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, permissions(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // somebody else was faster, with the same permissions
        }
    }

    /** A new file for what is written next, in a directory. */
    public static Path temporary(Path directory, String prefix) throws IOException {
        return Files.createTempFile(directory, prefix, ".tmp", permissions(directory, "rw-------"));
    }

    /** Writes a file as a whole: who reads it sees the old content or the new one. */
    public static void write(Path file, String content) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
        Path written = temporary(directory, "." + file.getFileName());
        try {
            Files.writeString(written, content, StandardCharsets.UTF_8);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
