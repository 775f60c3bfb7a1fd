package dev.sluice.benchmarks.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The static files of the benchmark, made once below a directory. */
public final class StaticFiles {
    private StaticFiles() {}

    /** Writes 1k.txt and 1m.bin where they are not there yet, and returns the directory. */
    public static Path in(Path directory) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve("1k.txt"), 1_024);
        write(directory.resolve("1m.bin"), 1_024 * 1_024);
        return directory;
    }

    private static void write(Path file, int size) throws IOException {
        if (!Files.exists(file)) {
            byte[] content = new byte[size];
            new Random(42).nextBytes(content);
            Files.write(file, content);
        }
    }
}
