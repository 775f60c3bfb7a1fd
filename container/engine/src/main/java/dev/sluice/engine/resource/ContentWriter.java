package dev.sluice.engine.resource;

import dev.sluice.engine.resource.ByteRanges.Range;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies files, or ranges of them, into responses. One for one request. */
final class ContentWriter {
    private static final int BUFFER = 16 * 1024;

    private final StaticFile file;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final long sendfileSize;

    ContentWriter(StaticFile file, HttpServletRequest request, HttpServletResponse response, long sendfileSize) {
        this.file = file;
        this.request = request;
        this.response = response;
        this.sendfileSize = sendfileSize;
    }

    /** The whole file, as bytes or, if the response has been asked for its writer already, as text. */
    void whole(boolean included, @Nullable Charset charset) throws IOException {
        OutputStream out;
        try {
            out = response.getOutputStream();
        } catch (IllegalStateException writerInUse) {
            text(charset);
            return;
        }
        byte[] content = file.content();
        if (content != null) {
            out.write(content);
        } else if (included || !sendFile(0, file.size())) {
            try (InputStream in = file.resource().open()) {
                copy(in, out, file.size());
            }
        }
    }

    private void text(@Nullable Charset charset) throws IOException {
        Charset known = charset == null ? StandardCharsets.UTF_8 : charset;
        Writer writer = response.getWriter();
        try (Reader reader = new InputStreamReader(file.resource().open(), known)) {
            reader.transferTo(writer);
        }
    }

    void range(Range range) throws IOException {
        OutputStream out = response.getOutputStream();
        if (!sendFile(range.first(), range.length())) {
            part(range, out);
        }
    }

    /** multipart/byteranges (RFC 9110, 14.6), its length known before the first byte. */
    void ranges(List<Range> ranges) throws IOException {
        String boundary = UUID.randomUUID().toString().replace("-", "");
        byte[][] heads = new byte[ranges.size()][];
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        long length = tail.length;
        for (int i = 0; i < heads.length; i++) {
            String type = file.contentType() == null ? "" : "Content-Type: " + file.contentType() + "\r\n";
            heads[i] = ("\r\n--" + boundary + "\r\n" + type + "Content-Range: "
                            + ranges.get(i).contentRange(file.size()) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            length += heads[i].length + ranges.get(i).length();
        }
        response.setContentType("multipart/byteranges; boundary=" + boundary);
        response.setContentLengthLong(length);
        OutputStream out = response.getOutputStream();
        for (int i = 0; i < heads.length; i++) {
            out.write(heads[i]);
            part(ranges.get(i), out);
        }
        out.write(tail);
    }

    private void part(Range range, OutputStream out) throws IOException {
        try (InputStream in = file.resource().open()) {
            in.skipNBytes(range.first());
            copy(in, out, range.length());
        }
    }

    /** A wrapper may want to see the bytes, so a wrapped response gets them the usual way. */
    private boolean sendFile(long position, long count) throws IOException {
        Path path = file.resource().file();
        if (path == null
                || count < sendfileSize
                || response instanceof ServletResponseWrapper
                || !(request.getAttribute(FileSender.class.getName()) instanceof FileSender sender)) {
            return false;
        }
        sender.send(path, position, count);
        return true;
    }

    private void copy(InputStream in, OutputStream out, long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, count))];
        long left = count;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException(file.resource().path() + " became shorter while it was sent: " + left
                        + " bytes are missing (expected: " + file.size() + ")");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }
}
