package dev.sluice.engine.resource;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a web application: its root and, behind it, {@code META-INF/resources} of its libraries in order
 * (Servlet 6.1, 4.6 and 10.5). Safe for use by many threads; read-only.
 */
public interface WebResources extends AutoCloseable {

    /**
     * The resource at a path.
     *
     * @param path as {@link ResourcePath#canonical} makes it: literal, nothing in it is decoded again
     * @return null if there is none or if the path would leave the application
     */
    @Nullable
    WebResource find(String path);

    /**
     * The children of a directory, directories with a trailing slash, each as a full path (as
     * {@code ServletContext.getResourcePaths}).
     *
     * @return empty if the path is no directory with children
     */
    Set<String> list(String path);

    @Override
    void close();
}
