package dev.sluice.engine.multipart;

import dev.sluice.engine.parameter.BadRequestException;
import dev.sluice.engine.parameter.Parameters;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a request, with their files until {@link #close}. For one thread at a time, like the request. */
public final class MultipartForm implements AutoCloseable {
    private final List<FormPart> parts;

    MultipartForm(List<FormPart> parts) {
        this.parts = List.copyOf(parts);
    }

    /** In the order of arrival. */
    public Collection<Part> parts() {
        return List.copyOf(parts);
    }

    /** The first part of a name, or null. */
    public @Nullable Part part(String name) {
        for (Part part : parts) {
            if (part.getName().equals(name)) {
                return part;
            }
        }
        return null;
    }

    /**
     * Adds the parts without a file name as parameters (Servlet 6.1, 3.2).
     *
     * @param charset of a part that does not name one in its Content-Type
     */
    public void addTo(Parameters parameters, Charset charset) throws IOException {
        for (FormPart part : parts) {
            if (part.getSubmittedFileName() == null) {
                parameters.add(part.getName(), new String(part.content().bytes(), charsetOf(part, charset)));
            }
        }
    }

    private static Charset charsetOf(Part part, Charset fallback) {
        String type = part.getContentType();
        String name = type == null ? null : ContentType.parse(type).parameter("charset");
        try {
            return name == null ? fallback : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw BadRequestException.malformed(
                    "charset of part \"" + part.getName() + "\" is not known (expected: a charset of this Java)", e);
        }
    }

    /** Deletes the files of all parts; what the application moved elsewhere stays. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Part part : parts) {
            try {
                part.delete();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
