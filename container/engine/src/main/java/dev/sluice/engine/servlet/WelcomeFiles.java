package dev.sluice.engine.servlet;

import dev.sluice.engine.mapping.MappingTable;
import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.registration.ServletUnit;
import dev.sluice.engine.resource.WebResource;
import dev.sluice.engine.resource.WebResources;
import jakarta.servlet.http.MappingMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps a request for a directory to its welcome file: first the files in their order, then the servlets (Servlet 6.1, 10.10). The request then
 * looks as if the client had asked for the file, its request URI apart. Immutable.
 */
final class WelcomeFiles {
    private static final List<String> USUAL = List.of("index.html", "index.htm", "index.jsp");

    private final List<String> names;
    private final WebResources resources;

    /** The declared names; none: the usual ones. */
    WelcomeFiles(List<String> declared, WebResources resources) {
        this.names = declared.isEmpty()
                ? USUAL
                : declared.stream()
                        .map(name -> name.startsWith("/") ? name.substring(1) : name)
                        .toList();
        this.resources = resources;
    }

    /**
     * The target of a path.
     *
     * @param found what the table maps it to; null only before the start
     */
    Match<ServletUnit> match(MappingTable<ServletUnit> table, String path, @Nullable Match<ServletUnit> found) {
        if (found == null) {
            throw new IllegalStateException("Nothing is mapped to " + path
                    + " (expected: at least the default servlet); the application has not been started");
        }
        if (!path.endsWith("/")
                || found.kind() != MappingMatch.DEFAULT
                || !found.target().containerProvided()) {
            return found;
        }
        Match<ServletUnit> welcome = ofFile(table, path);
        if (welcome == null) {
            welcome = ofServlet(table, path);
        }
        return welcome == null ? found : welcome;
    }

    private @Nullable Match<ServletUnit> ofFile(MappingTable<ServletUnit> table, String directory) {
        for (String name : names) {
            WebResource file = resources.find(directory + name);
            if (file != null && !file.directory()) {
                return table.find(directory + name);
            }
        }
        return null;
    }

    /** A servlet; not the container's JSP servlet, for which there is no file. */
    private @Nullable Match<ServletUnit> ofServlet(MappingTable<ServletUnit> table, String directory) {
        for (String name : names) {
            Match<ServletUnit> match = table.find(directory + name);
            if (match != null && !match.target().containerProvided() && match.kind() != MappingMatch.DEFAULT) {
                return match;
            }
        }
        return null;
    }
}
