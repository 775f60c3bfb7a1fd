package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Reads the class files of an application and reports what static state, singletons and captured variables its requests share. No class
 * is loaded, and nothing is changed.
 *
 * <p>It follows values inside one method, and calls inside the application one class deep; what happens in libraries is judged by the
 * names that the JDK gives to methods which change their object. So a finding names a place to look at, and its absence is no proof.
 */
public final class ApplicationCheck {
    private ApplicationCheck() {}

    /**
     * The findings on the classes of some libraries.
     *
     * @param libraries the application's own classes; third-party libraries may be among them, and then have findings too
     * @param forked the servlets whose fields belong to one request
     * @param start when the work began, by {@link System#nanoTime}
     */
    public static CheckReport report(
            String application, String hash, List<Library> libraries, ForkedServlets forked, long start)
            throws ArchiveException {
        Map<String, ClassNode> classes = read(libraries);
        List<Finding> findings = of(classes, forked);
        return new CheckReport(
                application, hash, classes.size(), findings, Duration.ofNanos(System.nanoTime() - start));
    }

    static List<Finding> of(Map<String, ClassNode> classes, ForkedServlets forked) {
        Uses uses = new Uses(classes);
        Mutability mutability = new Mutability(classes, uses);
        Singletons singletons = new Singletons(classes, uses, forked);
        StaticFields fields = new StaticFields(uses, mutability);
        List<Finding> findings = new ArrayList<>();
        for (ClassNode type : classes.values()) {
            fields.check(type, findings);
            singletons.check(type, findings);
        }
        CapturedVariables captured = new CapturedVariables(classes, uses, mutability, singletons);
        uses.keptLambdas().forEach(lambda -> captured.check(lambda, findings));
        findings.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::path));
        return findings;
    }

    /** The class files of the libraries by internal name. */
    static Map<String, ClassNode> read(List<Library> libraries) throws ArchiveException {
        Map<String, ClassNode> classes = new HashMap<>();
        for (Library library : libraries) {
            try {
                if (library.jar()) {
                    readJar(library.file(), classes);
                } else {
                    readDirectory(library.file(), classes);
                }
            } catch (IOException | UncheckedIOException e) {
                throw ArchiveException.of(library.place(""), "cannot be read: " + e, e);
            }
        }
        return classes;
    }

    private static void readJar(Path file, Map<String, ClassNode> classes) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                if (isClass(entry.getName())) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(in, entry.getName(), classes);
                    }
                }
            }
        }
    }

    private static void readDirectory(Path directory, Map<String, ClassNode> classes) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isClass(file.toString()) && Files.isRegularFile(file)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        add(in, file.toString(), classes);
                    }
                }
            }
        }
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class") && !name.endsWith("package-info.class");
    }

    private static void add(InputStream in, String name, Map<String, ClassNode> classes) throws IOException {
        ClassNode type = new ClassNode();
        try {
            new ClassReader(in).accept(type, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(name + " is no class file that this version can read: " + e.getMessage(), e);
        }
        classes.put(type.name, type);
    }
}
