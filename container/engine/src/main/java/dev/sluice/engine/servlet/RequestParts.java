package dev.sluice.engine.servlet;

import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.engine.multipart.MultipartForm;
import dev.sluice.engine.multipart.MultipartParser;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The parts of a multipart request, read when they are first asked for (Servlet 6.1, 3.2). One thread at a time. */
final class RequestParts {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final HttpRequest request;
    private @Nullable MultipartForm form;
    private @Nullable Exception failure;

    RequestParts(HttpRequest request) {
        this.request = request;
    }

    /**
     * The parts.
     *
     * @throws IllegalStateException if the servlet takes no multipart requests, or a limit is exceeded
     */
    MultipartForm form() throws IOException, ServletException {
        MultipartForm known = form;
        if (known != null) {
            return known;
        }
        rethrow();
        try {
            known = read();
            form = known;
            request.parameters().addFields(known);
            return known;
        } catch (IOException | ServletException | RuntimeException unreadable) {
            failure = unreadable;
            BeyondLimits.count(request.exchange(), unreadable);
            throw unreadable;
        }
    }

    private void rethrow() throws IOException, ServletException {
        if (failure instanceof IOException thrown) {
            throw thrown;
        }
        if (failure instanceof ServletException thrown) {
            throw thrown;
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
    }

    private MultipartForm read() throws IOException, ServletException {
        MultipartConfigElement config = request.multipartConfig();
        if (config == null) {
            throw new IllegalStateException(
                    "Parts are wanted by the " + request.frame().servlet()
                            + ", which has no multipart configuration (expected: @MultipartConfig or <multipart-config>)");
        }
        MultipartDescriptor limits = new MultipartDescriptor(
                config.getLocation(),
                config.getMaxFileSize(),
                config.getMaxRequestSize(),
                config.getFileSizeThreshold());
        return new MultipartParser(request.app().environment().options().multipart())
                .parse(
                        request.body().raw(),
                        request.getContentType(),
                        request.getContentLengthLong(),
                        request.body().charsetOr(StandardCharsets.UTF_8),
                        limits,
                        directory(config.getLocation()));
    }

    private Path directory(String location) throws IOException {
        Path temporary = request.app().environment().temporaryDirectory();
        Path directory = location.isEmpty() ? temporary : temporary.resolve(location);
        return Files.createDirectories(directory);
    }

    /** Deletes what is on disk. */
    void close() {
        MultipartForm known = form;
        if (known != null) {
            try {
                known.close();
            } catch (IOException stays) {
                LOG.log(System.Logger.Level.WARNING, "A file of an upload of " + request + " cannot be deleted", stays);
            }
        }
    }
}
