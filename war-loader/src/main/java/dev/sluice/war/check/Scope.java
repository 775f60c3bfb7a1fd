package dev.sluice.war.check;

import dev.sluice.war.archive.Library;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a check is to look at.
 *
 * @param own where the application's own classes are
 * @param libraries the libraries to read as well
 * @param unread the libraries that are left out
 * @param pages how many pages there are
 * @param declared the binary names of the classes that the container is told to call
 * @param forked the servlets whose fields belong to one request
 * @param shared whether a class, by its binary name, is configured to be shared by all forks
 */
public record Scope(
        List<Library> own,
        List<Library> libraries,
        List<Library> unread,
        int pages,
        Set<String> declared,
        ForkedServlets forked,
        Predicate<String> shared) {
    public Scope {
        own = List.copyOf(own);
        libraries = List.copyOf(libraries);
        unread = List.copyOf(unread);
        declared = Set.copyOf(declared);
    }
}
