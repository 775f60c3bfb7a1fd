package dev.sluice.war.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The class files of a jar or directory, in the version that this JVM would load from a multi-release jar. Descriptions of modules and
 * packages are left out, and what lies below META-INF, as no loader finds it there.
 */
public final class ClassFiles {
    private static final String SUFFIX = ".class";

    private ClassFiles() {}

    /** Takes one class file after the other. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads one.
         *
         * @param name as the jar has it: {@code shop/Cart.class}
         * @param in its bytes; the caller closes it
         */
        void read(String name, InputStream in) throws IOException;
    }

    /** Gives each class file to a reader, in the calling thread. */
    public static void read(Path place, Reader reader) throws IOException {
        if (Files.isDirectory(place)) {
            for (String name : inDirectory(place)) {
                try (InputStream in = Files.newInputStream(place.resolve(name))) {
                    reader.read(name, in);
                }
            }
            return;
        }
        try (JarFile jar = open(place)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                if (isClass(entry.getName())) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        reader.read(entry.getName(), in);
                    }
                }
            }
        }
    }

    /** Their names, as {@link Reader} gets them. */
    public static List<String> names(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return inDirectory(place);
        }
        try (JarFile jar = open(place)) {
            return jar.versionedStream()
                    .map(JarEntry::getName)
                    .filter(ClassFiles::isClass)
                    .toList();
        }
    }

    /** The binary name of the class in a file: {@code shop.Cart}. */
    public static String className(String name) {
        return name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
    }

    private static JarFile open(Path file) throws IOException {
        return new JarFile(file.toFile(), false, JarFile.OPEN_READ, Runtime.version());
    }

    private static List<String> inDirectory(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (isClass(name) && Files.isRegularFile(file)) {
                    names.add(name);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return names;
    }

    private static boolean isClass(String name) {
        return name.endsWith(SUFFIX) && !name.endsWith("-info.class") && !name.startsWith("META-INF/");
    }
}
