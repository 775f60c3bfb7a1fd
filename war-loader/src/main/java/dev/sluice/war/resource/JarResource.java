package dev.sluice.war.resource;

import dev.sluice.engine.resource.WebResource;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A file or directory below META-INF/resources of a jar, read from the jar that is open anyway. */
record JarResource(
        String path,
        Path jar,
        ZipFile zip,
        String entryName,
        @Nullable ZipEntry entry) implements WebResource {

    @Override
    public boolean directory() {
        return entry == null;
    }

    @Override
    public long size() {
        return entry == null ? 0 : entry.getSize();
    }

    @Override
    public Instant lastModified() {
        return Instant.ofEpochMilli(entry == null ? 0 : Math.max(0, entry.getTime()));
    }

    @Override
    public String entityTag() {
        return entry == null ? "directory" : Long.toHexString(entry.getSize()) + "-" + Long.toHexString(entry.getCrc());
    }

    @Override
    public @Nullable Path file() {
        return null;
    }

    @Override
    public URL url() {
        try {
            String inside = new URI(null, null, "/" + entryName, null).getRawPath();
            return URI.create("jar:" + jar.toUri() + "!" + inside).toURL();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException("no URL for " + entryName + " in " + jar, e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        if (entry == null) {
            throw new IOException(path + " is a directory in " + jar + " (expected: a file)");
        }
        return zip.getInputStream(entry);
    }
}
