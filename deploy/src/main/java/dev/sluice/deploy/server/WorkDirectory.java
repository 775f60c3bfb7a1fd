package dev.sluice.deploy.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A directory of this process below the work directory. What processes left behind that are gone is removed. */
final class WorkDirectory {
    private static final System.Logger LOG = System.getLogger(WorkDirectory.class.getName());
    private static final Pattern NAME = Pattern.compile("run-(\\d+)-\\d+");

    private WorkDirectory() {}

    /**
     * Makes the directory.
     *
     * @throws IOException if it cannot be written; the message says what to do
     */
    static Path open(Path work) throws IOException {
        try {
            Files.createDirectories(work);
            removeLeftovers(work);
            return Files.createTempDirectory(
                    work, "run-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new IOException(
                    work + " cannot be written: " + e
                            + " (expected: a directory that this user may write to; set work-directory to another one)",
                    e);
        }
    }

    private static void removeLeftovers(Path work) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(work, "run-*")) {
            for (Path path : all) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    remove(path);
                }
            }
        }
    }

    /** Removes a directory with all in it, as far as nobody else does so at the same time; what cannot be removed is logged. */
    static void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, directory + " cannot be removed: " + e);
        }
    }
}
