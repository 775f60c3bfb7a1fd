package dev.sluice.war.resource;

import dev.sluice.engine.resource.WebResource;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** A file or directory on disk, as it was when it was looked up. */
record FileResource(String path, boolean directory, long size, Instant lastModified, Path file) implements WebResource {

    static FileResource of(String path, Path file, BasicFileAttributes attributes) {
        boolean directory = attributes.isDirectory();
        return new FileResource(
                path,
                directory,
                directory ? 0 : attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                file);
    }

    @Override
    public String entityTag() {
        return Long.toHexString(size) + "-" + Long.toHexString(lastModified.toEpochMilli());
    }

    @Override
    public URL url() {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no URL for " + file, e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }
}
