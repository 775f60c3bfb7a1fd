package dev.sluice.war.resource;

import dev.sluice.engine.resource.DefaultServlet;
import dev.sluice.engine.resource.WebResource;
import dev.sluice.engine.resource.WebResources;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory, and behind it META-INF/resources of jars in a given order, read in place (Servlet 6.1, 4.6). Files of the directory are
 * looked up each time, so that an exploded application can be edited while it runs.
 */
public final class ArchiveResources implements WebResources {
    private static final System.Logger LOG = System.getLogger(ArchiveResources.class.getName());

    private final Path root;
    private final boolean links;
    private final List<JarFolder> jars;

    private ArchiveResources(Path root, boolean links, List<JarFolder> jars) {
        this.root = root;
        this.links = links;
        this.jars = List.copyOf(jars);
    }

    /**
     * Opens the directory and those libraries that have resources.
     *
     * @param links whether symbolic links below the directory are followed
     */
    public static ArchiveResources open(Path directory, List<Library> libraries, boolean links)
            throws ArchiveException {
        List<JarFolder> jars = new ArrayList<>();
        for (Library library : libraries) {
            if (!library.jar()) {
                continue;
            }
            try {
                JarFolder folder = JarFolder.open(library.file());
                if (folder != null) {
                    jars.add(folder);
                }
            } catch (IOException e) {
                closeAll(jars);
                throw ArchiveException.of(
                        "WEB-INF/lib/" + library.name(),
                        "is not a complete jar (" + e.getMessage() + "); replace it",
                        e);
            }
        }
        try {
            return new ArchiveResources(directory.toRealPath(), links, jars);
        } catch (IOException e) {
            closeAll(jars);
            throw ArchiveException.of(directory.toString(), "cannot be read: " + e, e);
        }
    }

    @Override
    public @Nullable WebResource find(String path) {
        String plain = withoutSlash(path);
        Path file = inside(plain);
        if (file != null) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isDirectory() || !path.endsWith("/")) {
                    return FileResource.of(plain, file, attributes);
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, () -> file + " went away: " + e);
            }
        }
        for (JarFolder jar : jars) {
            WebResource found = jar.find(plain);
            if (found != null && (found.directory() || !path.endsWith("/"))) {
                return found;
            }
        }
        return null;
    }

    @Override
    public Set<String> list(String path) {
        String plain = withoutSlash(path);
        Set<String> children = new TreeSet<>();
        Path directory = inside(plain);
        if (directory != null && Files.isDirectory(directory)) {
            String prefix = plain.equals("/") ? "/" : plain + "/";
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> links || !Files.isSymbolicLink(file))
                        .forEach(file ->
                                children.add(prefix + file.getFileName() + (Files.isDirectory(file) ? "/" : "")));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot list " + directory + ": " + e);
            }
        }
        jars.forEach(jar -> children.addAll(jar.list(plain)));
        return children;
    }

    /**
     * The file at a path, if it exists below the root under exactly that name: {@code /x.JSP} is not {@code /x.jsp}, and {@code /WEB-IN~1} is
     * nothing, whatever the file system takes for the same. Symbolic links are not followed unless the options say so, and even then none leads
     * from elsewhere into WEB-INF or META-INF.
     */
    private @Nullable Path inside(String path) {
        if (path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0) {
            return null;
        }
        try {
            Path file = root.resolve(path.substring(1)).normalize();
            if (!file.startsWith(root) || !Files.exists(file)) {
                return null;
            }
            Path real = file.toRealPath();
            if (real.equals(file)) {
                return file;
            }
            boolean ownName = file.toRealPath(LinkOption.NOFOLLOW_LINKS).equals(file);
            return links && ownName && !entersPrivate(path, real) ? file : null;
        } catch (IOException | InvalidPathException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "no file for " + path + ": " + e);
            return null;
        }
    }

    private boolean entersPrivate(String path, Path real) {
        return !DefaultServlet.isPrivate(path)
                && real.startsWith(root)
                && DefaultServlet.isPrivate(
                        "/" + root.relativize(real).toString().replace('\\', '/'));
    }

    private static String withoutSlash(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: starts with a slash)");
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public void close() {
        closeAll(jars);
    }

    private static void closeAll(List<JarFolder> jars) {
        for (JarFolder jar : jars) {
            try {
                jar.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot close a jar: " + e);
            }
        }
    }
}
