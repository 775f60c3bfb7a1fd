package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.ClassFiles;
import dev.sluice.war.archive.Library;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Reads the class files of an application and reports what static state, singletons and captured variables its requests share. No class
 * is loaded, and nothing is changed.
 *
 * <p>It follows values through fields, collections, calls, lambdas and constructors; what methods of the JDK do is judged by their names.
 * What it cannot see, reflection, libraries that were not read, native methods, pages, it names, and then says that nothing is shown.
 */
public final class ApplicationCheck {
    private ApplicationCheck() {}

    /**
     * Reads what the scope names.
     *
     * @param start when the work began, by {@link System#nanoTime}
     */
    public static CheckReport report(String application, String hash, Scope scope, long start) throws ArchiveException {
        Set<String> known = ConcurrentHashMap.newKeySet();
        List<LibraryReport> libraries = libraries(scope, known);
        BlindSpots blind = new BlindSpots();
        ClassTable table = new ClassTable();
        for (Library library : scope.own()) {
            read(library, type -> table.add(type, Depth.WHOLE, blind));
        }
        Analysis analysis = new Analysis(table, Depth.WHOLE, blind, scope.forked(), scope.shared());
        List<String> reasons = new ArrayList<>(analysis.reasons(scope, known::contains));
        LibraryReport.reason(libraries).ifPresent(reasons::add);
        Looked looked = new Looked(
                table.classes().size(),
                table.methods().size(),
                analysis.entries(),
                libraries.stream().mapToInt(LibraryReport::classes).sum(),
                scope.libraries().size(),
                scope.unread().stream().map(Library::name).toList(),
                scope.pages());
        return new CheckReport(
                application,
                hash,
                looked,
                analysis.findings(),
                libraries,
                reasons,
                Optional.empty(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** The libraries, in their order; as many at a time as there are processors, as each has to be held while it is looked at. */
    private static List<LibraryReport> libraries(Scope scope, Set<String> known) throws ArchiveException {
        Queue<ArchiveException> failures = new ConcurrentLinkedQueue<>();
        List<LibraryReport> reports = scope.libraries().parallelStream()
                .flatMap(library -> {
                    try {
                        return Stream.of(library(library, scope, known));
                    } catch (ArchiveException e) {
                        failures.add(e);
                        return Stream.empty();
                    }
                })
                .toList();
        ArchiveException failure = failures.peek();
        if (failure != null) {
            throw failure;
        }
        return reports;
    }

    /** A library by itself. */
    private static LibraryReport library(Library library, Scope scope, Set<String> known) throws ArchiveException {
        BlindSpots blind = new BlindSpots();
        ClassTable table = new ClassTable();
        read(library, type -> {
            known.add(type.name);
            table.add(type, Depth.OUTLINE, blind);
        });
        Analysis analysis = new Analysis(table, Depth.OUTLINE, blind, scope.forked(), scope.shared());
        List<Finding> findings = analysis.findings().stream()
                .filter(found -> found.severity() != Finding.Severity.NOTE)
                .toList();
        return new LibraryReport(library.name(), table.classes().size(), findings, !blind.empty());
    }

    /** Gives each class file of a library to somebody, and forgets it. */
    private static void read(Library library, Consumer<ClassNode> reader) throws ArchiveException {
        try {
            ClassFiles.read(library.file(), (name, in) -> add(in, name, reader));
        } catch (IOException e) {
            throw ArchiveException.of(library.place(""), "cannot be read: " + e, e);
        }
    }

    private static void add(InputStream in, String name, Consumer<ClassNode> reader) throws IOException {
        ClassNode type = new ClassNode();
        try {
            new ClassReader(in).accept(type, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(name + " is no class file that this version can read: " + e.getMessage(), e);
        }
        reader.accept(type);
    }
}
