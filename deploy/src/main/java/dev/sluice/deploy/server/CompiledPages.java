package dev.sluice.deploy.server;

import dev.sluice.war.jsp.JspEngine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the classes of compiled pages from one start of an application to the next, by the hash of its archive and the version of the JSP
 * engine, in the directory {@code pages} of the work directory. An application works on a copy of its own; the engine compiles a page
 * again whose source, includes or tag libraries have another time of change than the class says. Any thread.
 */
final class CompiledPages {
    private static final System.Logger LOG = System.getLogger(CompiledPages.class.getName());
    private static final String CLASSES = "org/apache/jsp";
    private static final int MOST_ARCHIVES = 64;

    private final Path kept;
    private final boolean refusesExit;

    /**
     * Keeps below this directory, which is made when there is something to keep.
     *
     * @param refusesExit whether calls in pages that would end the process are compiled to exceptions: such classes are kept apart
     */
    CompiledPages(Path directory, boolean refusesExit) {
        this.kept = directory;
        this.refusesExit = refusesExit;
    }

    /** Copies what is known of the archive into the directory where the engine looks for classes. */
    void restore(String hash, Path temporary) {
        Path known = known(hash);
        if (!Files.isDirectory(known)) {
            return;
        }
        try {
            copy(known, temporary.resolve(CLASSES));
            Files.setLastModifiedTime(known, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "compiled pages in " + known + " are not used: " + e);
        }
    }

    /** Copies the classes that the engine has made to where {@link #restore} finds them, and forgets archives not used for long. */
    void keep(String hash, Path temporary) {
        Path classes = temporary.resolve(CLASSES);
        if (!Files.isDirectory(classes)) {
            return;
        }
        try {
            copy(classes, known(hash));
            forgetOldest();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "compiled pages are not kept in " + kept + ": " + e);
        }
    }

    private Path known(String hash) {
        return kept.resolve(hash + "-" + JspEngine.version() + (refusesExit ? "-exit-refused" : ""));
    }

    /** Each file appears whole or not at all, since other processes may do the same. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(from)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : classes) {
            Path target = to.resolve(from.relativize(file).toString());
            if (!Files.exists(target) || !Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(file))) {
                Files.createDirectories(target.resolveSibling("."));
                Path whole = Files.createTempFile(target.resolveSibling("."), "page", ".part");
                Files.copy(file, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void forgetOldest() throws IOException {
        record Used(Path directory, FileTime time) {}
        List<Used> all = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(kept)) {
            for (Path directory : directories) {
                all.add(new Used(directory, Files.getLastModifiedTime(directory)));
            }
        }
        all.sort(Comparator.comparing(Used::time).reversed());
        all.stream().skip(MOST_ARCHIVES).forEach(old -> WorkDirectory.remove(old.directory()));
    }
}
