package dev.sluice.engine.multipart;

import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.engine.parameter.BadRequestException;
import dev.sluice.engine.parameter.ParameterLimits;
import jakarta.servlet.ServletException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) from a stream, one part after the other: memory is bounded by the limits
 * and the file size threshold, whatever arrives. Safe for use by many threads.
 */
public final class MultipartParser {
    /** Fields without a file name stay in memory up to this size, even where the threshold says zero. */
    private static final int FIELD_THRESHOLD = 8 * 1024;

    private static final String MAX_FILE_SIZE = "max-file-size of the servlet's multipart-config";
    private static final String MAX_REQUEST_SIZE = "max-request-size of the servlet's multipart-config";
    private static final int MAX_BOUNDARY = 200;

    private final MultipartLimits limits;

    public MultipartParser(MultipartLimits limits) {
        this.limits = limits;
    }

    /** Whether a request with this Content-Type has parts. */
    public static boolean isMultipart(@Nullable String contentType) {
        return contentType != null && ContentType.parse(contentType).value().equals("multipart/form-data");
    }

    /**
     * Reads the whole body.
     *
     * @param contentType of the request
     * @param contentLength of the request, or a negative number
     * @param headerCharset of names and file names
     * @param directory for files: the location of {@code config} already resolved, existing
     * @throws ServletException if the request is not multipart/form-data
     * @throws BadRequestException if it cannot be read as parts, or exceeds a limit; no file is left then
     * @throws IOException if the client stops sending, or the disk fails; no file is left then
     */
    public MultipartForm parse(
            InputStream body,
            @Nullable String contentType,
            long contentLength,
            Charset headerCharset,
            MultipartDescriptor config,
            Path directory)
            throws IOException, ServletException {
        if (contentType == null || !isMultipart(contentType)) {
            throw new ServletException("parts wanted of a request that has none: Content-Type " + contentType
                    + " (expected: multipart/form-data)");
        }
        long max = config.maxRequestSize();
        if (max >= 0 && contentLength > max) {
            throw BadRequestException.tooLarge("multipart request", MAX_REQUEST_SIZE, max);
        }
        byte[] boundary = boundary(contentType);
        List<FormPart> parts = new ArrayList<>();
        boolean complete = false;
        try {
            InputStream bounded = max < 0 ? body : new BoundedStream(body, max);
            MultipartInput input = MultipartInput.builder()
                    .setInputStream(bounded)
                    .setBoundary(boundary)
                    .setMaxPartHeaderSize(limits.maxPartHeaderSize())
                    .get();
            input.setHeaderCharset(headerCharset);
            readParts(input, config, directory, parts);
            complete = true;
        } catch (FileUploadSizeException e) {
            throw BadRequestException.tooLarge(
                    "header of a part", MultipartLimits.PART_HEAD_KEY, limits.maxPartHeaderSize());
        } catch (MultipartInput.MalformedStreamException | MultipartInput.FileUploadBoundaryException e) {
            throw BadRequestException.malformed("multipart request cannot be read: " + e.getMessage(), e);
        } finally {
            if (!complete) {
                new MultipartForm(parts).close();
            }
        }
        return new MultipartForm(parts);
    }

    private void readParts(MultipartInput input, MultipartDescriptor config, Path directory, List<FormPart> parts)
            throws IOException {
        long fields = 0;
        boolean more = input.skipPreamble();
        while (more) {
            if (parts.size() == limits.maxParts()) {
                throw BadRequestException.tooMany("parts", MultipartLimits.PARTS_KEY, limits.maxParts());
            }
            PartHeaders headers = PartHeaders.parse(input.readHeaders());
            boolean field = headers.fileName() == null;
            int threshold = field ? Math.max(FIELD_THRESHOLD, config.fileSizeThreshold()) : config.fileSizeThreshold();
            InputStream content = input.newInputStream();
            FormPart part = field
                    ? new FormPart(headers, field(content, threshold, config, fields, directory), directory)
                    : new FormPart(
                            headers,
                            PartContent.read(content, threshold, config.maxFileSize(), MAX_FILE_SIZE, directory),
                            directory);
            parts.add(part);
            fields += field ? part.getSize() : 0;
            more = input.readBoundary();
        }
    }

    private PartContent field(
            InputStream content, int threshold, MultipartDescriptor config, long fields, Path directory)
            throws IOException {
        long left = limits.maxFieldsSize() - fields;
        boolean own = config.maxFileSize() >= 0 && config.maxFileSize() <= left;
        return own
                ? PartContent.read(content, threshold, config.maxFileSize(), MAX_FILE_SIZE, directory)
                : PartContent.read(content, threshold, left, ParameterLimits.FORM_KEY, directory);
    }

    private static byte[] boundary(String contentType) {
        String boundary = ContentType.parse(contentType).parameter("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw BadRequestException.malformed("boundary of a multipart request: "
                    + (boundary == null ? "none" : boundary.length() + " characters")
                    + " (expected: 1 to " + MAX_BOUNDARY + ")");
        }
        return boundary.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Refuses to read more than the request may have. */
    private static final class BoundedStream extends FilterInputStream {
        private final long max;
        private long count;

        BoundedStream(InputStream in, long max) {
            super(in);
            this.max = max;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) {
            count += n;
            if (count > max) {
                throw BadRequestException.tooLarge("multipart request", MAX_REQUEST_SIZE, max);
            }
        }
    }
}
