package dev.sluice.engine.multipart;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One part of a form. For one thread at a time, like the request. */
public final class FormPart implements Part {
    private final PartHeaders headers;
    private final PartContent content;
    private final Path location;

    FormPart(PartHeaders headers, PartContent content, Path location) {
        this.headers = headers;
        this.content = content;
        this.location = location;
    }

    PartContent content() {
        return content;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return content.open();
    }

    @Override
    public @Nullable String getContentType() {
        return headers.first("Content-Type");
    }

    @Override
    public String getName() {
        return headers.name();
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return headers.fileName();
    }

    @Override
    public long getSize() {
        return content.size();
    }

    /** Relative names stay below the location: a submitted file name that climbs out of it is refused. */
    @Override
    public void write(String fileName) throws IOException {
        Path base = location.toAbsolutePath().normalize();
        Path target = base.resolve(fileName).normalize();
        if (!Path.of(fileName).isAbsolute() && (!target.startsWith(base) || target.equals(base))) {
            throw new IOException("write(\"" + fileName + "\") leads out of " + base
                    + " (expected: a name below it, or an absolute path)");
        }
        content.write(target);
    }

    @Override
    public void delete() throws IOException {
        content.delete();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.first(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return new ArrayList<>(headers.all(name));
    }

    @Override
    public Collection<String> getHeaderNames() {
        return new ArrayList<>(headers.names());
    }

    @Override
    public String toString() {
        return "part " + getName() + " (" + getSize() + " bytes)";
    }
}
