package dev.sluice.war;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.archive.Archive;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import dev.sluice.war.check.ForkedServlets;
import dev.sluice.war.check.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which classes of an archive a check reads, and which of them the container calls. */
final class CheckScope {
    private CheckScope() {}

    static Scope of(Archive archive, LoaderOptions options, boolean withLibraries, Predicate<String> shared)
            throws ArchiveException {
        String handler = archive.handlerClass();
        List<Library> all = handler == null ? archive.libraries() : archive.handlerLibraries();
        List<Library> own = all.stream()
                .filter(library -> handler == null ? !library.jar() : library.equals(all.get(0)))
                .toList();
        List<Library> others =
                all.stream().filter(library -> !own.contains(library)).toList();
        List<Library> read = withLibraries ? others : List.of();
        List<Library> unread = withLibraries ? List.of() : others;
        if (handler != null) {
            return new Scope(own, read, unread, 0, Set.of(handler), ForkedServlets.NONE, shared);
        }
        WebApplication application = WebLoading.describe(archive, all, options).application();
        Set<String> declared = Stream.of(
                        application.listeners().stream().map(listener -> listener.className()),
                        application.servlets().stream().map(servlet -> servlet.className()),
                        application.filters().stream().map(filter -> filter.className()))
                .flatMap(names -> names)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return new Scope(
                own, read, unread, pages(archive.root()), declared, new ForkedServlets(application.servlets()), shared);
    }

    private static int pages(Path root) throws ArchiveException {
        try (Stream<Path> files = Files.walk(root)) {
            return (int) files.map(Path::toString)
                    .filter(name -> name.endsWith(".jsp") || name.endsWith(".jspx") || name.endsWith(".tag"))
                    .count();
        } catch (IOException e) {
            throw ArchiveException.of(root.toString(), "cannot be listed: " + e, e);
        }
    }
}
