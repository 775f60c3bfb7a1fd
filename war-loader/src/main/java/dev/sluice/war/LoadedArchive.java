package dev.sluice.war;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An application on disk that is ready to be started: described, with a class loader of its own. Immutable, and safe for use by many
 * threads. {@link #close} closes its jars and removes what was unpacked; from then on no further class of it can be loaded.
 */
public sealed interface LoadedArchive extends AutoCloseable permits LoadedWebApplication, LoadedHandler {

    /** The file name without its extension, such as {@code shop##2}. */
    String name();

    /** What was opened. */
    Path source();

    /** SHA-256 of the archive's bytes, or of the names and contents of a directory's files, in hexadecimal. */
    String contentHash();

    /** The application's class loader. */
    ClassLoader classLoader();

    /** What an operator should know, one line each. */
    List<String> warnings();

    /** How long opening, unpacking and scanning took. */
    Duration cost();

    @Override
    void close();
}
