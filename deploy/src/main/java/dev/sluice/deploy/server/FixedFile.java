package dev.sluice.deploy.server;

import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.conditional.Selection;
import dev.sluice.engine.resource.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file as a fixed response, with the validators that it would have as a static file of an application. Looked at by one thread at a time. */
final class FixedFile {
    private static final System.Logger LOG = System.getLogger(FixedFile.class.getName());

    private final Path file;
    private final long largest;
    private final FixedResponse response = new FixedResponse(Answer.empty(404));
    private @Nullable Seen seen;

    /** What of a file tells that it has changed; a size below zero for a file that cannot be read. */
    private record Seen(long size, @Nullable FileTime modified) {}

    FixedFile(Path file, long largest) {
        this.file = file;
        this.largest = largest;
        look();
    }

    FixedResponse response() {
        return response;
    }

    /** Reads the file again if it is not what it was. */
    void look() {
        Seen now = null;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            now = new Seen(attributes.size(), attributes.lastModifiedTime());
            if (!now.equals(seen)) {
                response.replace(read(attributes.lastModifiedTime().toInstant()));
            }
        } catch (IOException e) {
            now = new Seen(-1, null);
            if (!now.equals(seen)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "fixed response: " + file + " cannot be read: " + e
                                + " (expected: a file; it is looked at again)");
                boolean missing = e instanceof NoSuchFileException;
                response.replace(new FixedResponse.Content(Answer.empty(missing ? 404 : 500), null));
            }
        }
        seen = now;
    }

    private FixedResponse.Content read(Instant modified) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes((int) Math.min(largest + 1, Integer.MAX_VALUE - 8));
        }
        if (content.length > largest) {
            throw new IOException("larger than " + largest + " bytes, the limit of fixed.max-file-size");
        }
        String tag = Long.toHexString(content.length) + "-" + Long.toHexString(modified.toEpochMilli());
        Headers headers =
                new Headers().add("ETag", Selection.quoted(tag)).add("Last-Modified", Selection.lastModified(modified));
        String type = MediaTypes.ofFile(String.valueOf(file.getFileName()));
        if (type != null) {
            headers.add("Content-Type", type);
        }
        return new FixedResponse.Content(new Answer(200, headers, content), modified);
    }
}
