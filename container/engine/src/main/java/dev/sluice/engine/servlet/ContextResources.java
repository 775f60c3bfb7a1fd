package dev.sluice.engine.servlet;

import dev.sluice.engine.resource.MediaTypes;
import dev.sluice.engine.resource.ResourcePath;
import dev.sluice.engine.resource.WebResource;
import dev.sluice.engine.resource.WebResources;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of an application as its context gives them away (Servlet 6.1, 4.6). Paths are literal: what the client's URL had encoded was decoded
 * once, when the request came in. Any thread.
 */
final class ContextResources {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final WebResources resources;
    private final Map<String, String> mimeMappings;

    ContextResources(WebResources resources, Map<String, String> mimeMappings) {
        this.resources = resources;
        this.mimeMappings = mimeMappings;
    }

    WebResources resources() {
        return resources;
    }

    /** The resource at a path as applications write it; null if there is none. */
    @Nullable
    WebResource find(String path) {
        String canonical = ResourcePath.canonical(path);
        return canonical == null ? null : resources.find(canonical);
    }

    @Nullable
    URL url(String path) throws MalformedURLException {
        if (path == null || !path.startsWith("/")) {
            throw new MalformedURLException(
                    "The path " + path + " has no leading slash (expected: one, as in /WEB-INF/web.xml)");
        }
        WebResource resource = find(path);
        return resource == null ? null : resource.url();
    }

    @Nullable
    InputStream open(String path) {
        WebResource resource = path != null && path.startsWith("/") ? find(path) : null;
        if (resource == null || resource.directory()) {
            return null;
        }
        try {
            return resource.open();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "The resource " + path + " cannot be read", unreadable);
            return null;
        }
    }

    @Nullable
    Set<String> paths(String path) {
        if (path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "The path " + path + " has no leading slash (expected: one, as in /WEB-INF/lib/)");
        }
        String canonical = ResourcePath.canonical(path);
        if (canonical == null) {
            return null;
        }
        Set<String> children = resources.list(canonical);
        return children.isEmpty() ? null : children;
    }

    /** The place on disk; with a separator at the end for a directory, or a name of nothing, that is written with a slash at its end. */
    @Nullable
    String realPath(String path) {
        if (path == null) {
            return null;
        }
        String canonical = ResourcePath.canonical(path.startsWith("/") ? path : "/" + path);
        if (canonical == null) {
            return null;
        }
        WebResource resource = resources.find(canonical);
        if (resource != null) {
            return resource.file() == null ? null : shown(resource.file(), canonical);
        }
        // A file that is not there yet has a real path too, if its directory is on disk.
        WebResource root = resources.find("/");
        if (root == null || root.file() == null) {
            return null;
        }
        try {
            Path file = root.file().resolve(canonical.substring(1)).normalize();
            return file.startsWith(root.file()) ? shown(file, canonical) : null;
        } catch (InvalidPathException noName) {
            LOG.log(System.Logger.Level.DEBUG, () -> "The path " + path + " has no real path: " + noName.getMessage());
            return null;
        }
    }

    private static String shown(Path file, String path) {
        String text = file.toString();
        return path.endsWith("/") && !text.endsWith(File.separator) ? text + File.separator : text;
    }

    /** The media type of a file by its extension, or null. */
    @Nullable
    String mimeType(String file) {
        if (file == null) {
            return null;
        }
        int dot = file.lastIndexOf('.');
        if (dot < 0 || dot == file.length() - 1) {
            return null;
        }
        String extension = file.substring(dot + 1).toLowerCase(Locale.ROOT);
        String declared = mimeMappings.get(extension);
        if (declared == null) {
            declared = mimeMappings.get(file.substring(dot + 1));
        }
        return declared != null ? declared : MediaTypes.ofExtension(extension);
    }
}
