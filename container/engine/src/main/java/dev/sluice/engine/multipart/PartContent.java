package dev.sluice.engine.multipart;

import dev.sluice.engine.parameter.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The bytes of one part: in memory up to a threshold, then in a file. For one thread at a time. */
final class PartContent {
    private byte @Nullable [] memory;
    private @Nullable Path file;
    private @Nullable Path written;
    private final long size;

    private PartContent(byte @Nullable [] memory, @Nullable Path file, long size) {
        this.memory = memory;
        this.file = file;
        this.size = size;
    }

    /**
     * Reads to the end of the stream.
     *
     * @param threshold the largest size kept in memory
     * @param max the largest size; negative: no limit
     * @param limit the setting that {@code max} comes from
     */
    static PartContent read(InputStream in, int threshold, long max, String limit, Path directory) throws IOException {
        byte[] buffer = new byte[8192];
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        Path file = null;
        OutputStream out = memory;
        long size = 0;
        boolean complete = false;
        try {
            for (int n; (n = in.read(buffer)) >= 0; ) {
                size += n;
                if (max >= 0 && size > max) {
                    throw BadRequestException.tooLarge("part", limit, max);
                }
                if (file == null && size > threshold) {
                    file = Files.createTempFile(directory, "part", ".tmp");
                    out = Files.newOutputStream(file);
                    memory.writeTo(out);
                }
                out.write(buffer, 0, n);
            }
            complete = true;
        } finally {
            out.close();
            if (file != null && !complete) {
                Files.deleteIfExists(file);
            }
        }
        return new PartContent(file == null ? memory.toByteArray() : null, file, size);
    }

    long size() {
        return size;
    }

    InputStream open() throws IOException {
        if (memory != null) {
            return new ByteArrayInputStream(memory);
        }
        Path source = file == null ? written : file;
        if (source == null) {
            throw deleted();
        }
        return Files.newInputStream(source);
    }

    private static IOException deleted() {
        return new IOException("this part was deleted (expected: its content is read before delete())");
    }

    byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** Moves or copies it to a file, which it is read from afterwards; that file is the application's own. */
    void write(Path target) throws IOException {
        if (memory != null) {
            Files.write(target, memory);
        } else if (file != null) {
            written = Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            file = null;
        } else if (written == null) {
            throw deleted();
        } else if (!written.equals(target)) {
            Files.copy(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void delete() throws IOException {
        memory = null;
        written = null;
        Path temporary = file;
        file = null;
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }
}
