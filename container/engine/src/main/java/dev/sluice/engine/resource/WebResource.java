package dev.sluice.engine.resource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One file or directory of a web application. */
public interface WebResource {

    /** The path inside the application, with a leading slash. */
    String path();

    boolean directory();

    /** The size in bytes; zero for a directory. */
    long size();

    Instant lastModified();

    /** A strong validator without quotes, stable as long as the content is (size and time of change, or a checksum). */
    String entityTag();

    /** The file on disk, where it is one; null inside an archive. */
    @Nullable
    Path file();

    /** An URL that {@code ServletContext.getResource} can give away. */
    URL url();

    /** A new stream over the content; the caller closes it. */
    InputStream open() throws IOException;
}
