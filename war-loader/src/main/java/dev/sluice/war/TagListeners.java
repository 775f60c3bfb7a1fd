package dev.sluice.war;

import dev.sluice.war.annotation.LibraryFiles;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.descriptor.TagLibraryReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The listeners that tag libraries declare (Servlet 6.1, 4.4): those below WEB-INF, then those of the libraries. */
final class TagListeners {
    private TagListeners() {}

    static List<String> of(Path root, List<LibraryFiles> libraries) throws ArchiveException {
        Set<String> all = new LinkedHashSet<>();
        try {
            for (Path tld : belowWebInf(root.resolve("WEB-INF"))) {
                all.addAll(TagLibraryReader.listeners(root.relativize(tld).toString(), Files.readAllBytes(tld)));
            }
            for (LibraryFiles library : libraries) {
                addAll(library, all);
            }
        } catch (IOException e) {
            throw ArchiveException.of(root.toString(), "the tag libraries cannot be read: " + e, e);
        }
        return List.copyOf(all);
    }

    /** Jakarta Pages 4.0, JSP.7.3.1: not those in WEB-INF/classes and WEB-INF/lib. */
    private static List<Path> belowWebInf(Path webInf) throws IOException {
        if (!Files.isDirectory(webInf)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(webInf)) {
            return files.filter(file -> file.toString().endsWith(".tld"))
                    .filter(file ->
                            !file.startsWith(webInf.resolve("classes")) && !file.startsWith(webInf.resolve("lib")))
                    .sorted()
                    .toList();
        }
    }

    private static void addAll(LibraryFiles library, Set<String> all) throws IOException, ArchiveException {
        if (library.tagLibraries().isEmpty()) {
            return;
        }
        try (JarFile jar = new JarFile(library.library().file().toFile())) {
            for (String name : library.tagLibraries()) {
                try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                    all.addAll(TagLibraryReader.listeners(library.library().place(name), in.readAllBytes()));
                }
            }
        }
    }
}
