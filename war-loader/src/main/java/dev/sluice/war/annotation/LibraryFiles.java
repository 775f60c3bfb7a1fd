package dev.sluice.war.annotation;

import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.ClassFiles;
import dev.sluice.war.archive.Library;
import dev.sluice.war.archive.Services;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jspecify.annotations.Nullable;

/**
 * The files of one library that describe it, read in one pass.
 *
 * @param fragment the text of META-INF/web-fragment.xml, or null
 * @param initializers the class names in META-INF/services/jakarta.servlet.ServletContainerInitializer
 * @param tagLibraries the entries below META-INF that end with .tld
 * @param pages whether META-INF/resources has pages
 */
public record LibraryFiles(
        Library library,
        byte @Nullable [] fragment,
        List<String> initializers,
        List<String> tagLibraries,
        boolean pages) {
    private static final System.Logger LOG = System.getLogger(LibraryFiles.class.getName());
    private static final String FRAGMENT = "META-INF/web-fragment.xml";
    private static final String INITIALIZERS = "META-INF/services/jakarta.servlet.ServletContainerInitializer";

    public LibraryFiles {
        initializers = List.copyOf(initializers);
        tagLibraries = List.copyOf(tagLibraries);
    }

    /** Reads them. */
    public static LibraryFiles of(Library library) throws ArchiveException {
        try {
            return library.jar() ? ofJar(library) : ofDirectory(library);
        } catch (IOException e) {
            throw ArchiveException.of(
                    library.place(""), "is not a complete jar (" + e.getMessage() + "); replace it", e);
        }
    }

    private static LibraryFiles ofJar(Library library) throws IOException {
        try (JarFile jar = open(library.file())) {
            List<String> tlds = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("META-INF/") && name.endsWith(".tld"))
                    .toList();
            boolean pages = jar.stream()
                    .map(JarEntry::getName)
                    .anyMatch(name -> name.startsWith("META-INF/resources/")
                            && (name.endsWith(".jsp") || name.endsWith(".jspx")));
            return new LibraryFiles(library, bytes(jar, FRAGMENT), initializers(bytes(jar, INITIALIZERS)), tlds, pages);
        }
    }

    private static LibraryFiles ofDirectory(Library library) throws IOException {
        Path services = library.file().resolve(INITIALIZERS);
        byte[] text = Files.isRegularFile(services) ? Files.readAllBytes(services) : null;
        // Servlet 6.1, 8.2.1: a fragment is a jar of WEB-INF/lib; WEB-INF/classes has no web-fragment.xml.
        return new LibraryFiles(library, null, initializers(text), List.of(), false);
    }

    private static List<String> initializers(byte @Nullable [] text) {
        return text == null ? List.of() : Services.parse(new String(text, StandardCharsets.UTF_8));
    }

    private static JarFile open(Path file) throws IOException {
        return new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    }

    private static byte @Nullable [] bytes(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /**
     * Indexes every class of the library, in the version that this JVM would load from a multi-release jar. A class file that cannot be
     * understood is left out, with one warning: it may be there for another JVM.
     */
    public Index index() throws ArchiveException {
        Indexer indexer = new Indexer();
        List<String> broken = new ArrayList<>();
        try {
            ClassFiles.read(library.file(), (name, in) -> add(indexer, in, name, broken));
        } catch (IOException e) {
            throw ArchiveException.of(library.place(""), "cannot be scanned for annotations: " + e, e);
        }
        if (!broken.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    library.place("") + ": " + broken.size()
                            + " class files cannot be read and were not scanned, the first: " + broken.get(0));
        }
        return indexer.complete();
    }

    private static void add(Indexer indexer, InputStream in, String name, List<String> broken) {
        try {
            indexer.index(in);
        } catch (IOException | RuntimeException e) {
            // Jandex meets broken class files with exceptions of several types.
            broken.add(name + " (" + e + ")");
        }
    }
}
