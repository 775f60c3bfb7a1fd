package dev.sluice.war.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application's files on disk. A packed archive is unpacked into a directory of its own below the work directory, so that the
 * original may be replaced at any time, URLs of the application are plain files and jars, and nothing stays open; an exploded
 * directory is used where it is. {@link #close} removes what was unpacked.
 *
 * @param name the file name without {@code .war} or {@code .jar}
 * @param source what was opened
 * @param hash SHA-256 of the content, in hexadecimal
 * @param root the directory with the files; for a handler jar that is not unpacked any further, the directory that holds the copy
 * @param jar the copy of a handler jar, or null
 * @param temporary whether {@code root} is below the work directory and goes with {@link #close}
 */
public record Archive(
        String name,
        Path source,
        String hash,
        Path root,
        @Nullable Path jar,
        boolean temporary) implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Archive.class.getName());
    private static final String CLASSES = "WEB-INF/classes";
    private static final String LIBRARIES = "WEB-INF/lib/";

    /**
     * Opens an archive.
     *
     * @param source a file or a directory
     * @param work an existing or missing directory for unpacked files
     * @param limits how much it may unpack to; for a directory, how much its jars may
     * @throws ArchiveException if it cannot be read, is no zip, unpacks to too much, or tries to write outside its directory
     */
    public static Archive open(Path source, Path work, ArchiveLimits limits) throws ArchiveException {
        Path absolute = source.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw ArchiveException.of(source.toString(), "no such file or directory");
        }
        try {
            if (Files.isDirectory(absolute)) {
                Archive exploded = new Archive(
                        nameOf(absolute), absolute, ContentHash.ofDirectory(absolute), absolute, null, false);
                exploded.countJars(new UnpackBudget(absolute, limits));
                return exploded;
            }
            return unpack(absolute, work, limits);
        } catch (IOException | UncheckedIOException e) {
            throw ArchiveException.of(source.toString(), "cannot be read: " + e, e);
        }
    }

    private void countJars(UnpackBudget budget) throws ArchiveException {
        for (String folder : List.of(LIBRARIES, Handlers.NESTED)) {
            for (Library library : jars(root.resolve(folder))) {
                budget.count(library.file(), folder + library.name());
            }
        }
    }

    private static Archive unpack(Path file, Path work, ArchiveLimits limits) throws ArchiveException, IOException {
        String name = nameOf(file);
        Path root = workDirectory(work, name);
        try {
            String hash = ContentHash.ofFile(file);
            boolean war = Unpacker.isWebApplication(file);
            Path jar = war ? null : root.resolve(file.getFileName().toString());
            UnpackBudget budget = new UnpackBudget(file, limits);
            if (jar == null) {
                Unpacker.unpack(file, root, "", budget);
            } else {
                new UnpackBudget(file, limits).count(file, "");
                Files.copy(file, jar);
                Unpacker.unpack(file, root, Handlers.NESTED, budget);
            }
            Archive unpacked = new Archive(name, file, hash, root, jar, true);
            unpacked.countJars(budget);
            return unpacked;
        } catch (ArchiveException | IOException | RuntimeException e) {
            delete(root);
            throw e;
        }
    }

    private static Path workDirectory(Path work, String name) throws ArchiveException {
        try {
            Files.createDirectories(work);
            return Files.createTempDirectory(work, name.replaceAll("[^A-Za-z0-9._-]", "_") + "-")
                    .toRealPath();
        } catch (IOException e) {
            throw ArchiveException.of(
                    work.toString(),
                    "cannot create a directory to unpack " + name + " in (" + e
                            + "); make the work directory writable or configure another one",
                    e);
        }
    }

    private static String nameOf(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "ROOT" : last.toString();
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".war") || lower.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
    }

    /** The application class of a handler application, or null if this is a web application. */
    public @Nullable String handlerClass() throws ArchiveException {
        return Handlers.applicationClass(this);
    }

    /** {@code WEB-INF/classes} if it is there, then the jars of {@code WEB-INF/lib} by name. */
    public List<Library> libraries() throws ArchiveException {
        List<Library> all = new ArrayList<>();
        if (Files.isDirectory(root.resolve(CLASSES))) {
            all.add(new Library(CLASSES, root.resolve(CLASSES)));
        }
        all.addAll(jars(root.resolve(LIBRARIES)));
        return all;
    }

    /** What a handler application's classes are loaded from: the jar or directory, then its nested jars. */
    public List<Library> handlerLibraries() throws ArchiveException {
        List<Library> all = new ArrayList<>();
        all.add(new Library(name, jar == null ? root : jar));
        all.addAll(jars(root.resolve(Handlers.NESTED)));
        return all;
    }

    private List<Library> jars(Path directory) throws ArchiveException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .map(file -> new Library(String.valueOf(file.getFileName()), file))
                    .toList();
        } catch (IOException e) {
            throw ArchiveException.of(directory.toString(), "cannot be listed: " + e, e);
        }
    }

    @Override
    public void close() {
        if (temporary) {
            delete(root);
        }
    }

    private static void delete(Path root) {
        try {
            Deletion.remove(root);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "could not remove " + root + " (" + e + "); remove it by hand");
        }
    }
}
