package dev.sluice.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The body of a response. The server closes it exactly once, whether it was sent or not.
 *
 * <p>{@link Empty}, {@link Bytes}, {@link Text} and {@link File} hold nothing that must be released and may be sent any number
 * of times; the others once.
 */
public sealed interface Body extends AutoCloseable {
    /** The length in bytes, or -1 if it is not known before the body is written. */
    default long length() {
        return -1;
    }

    /**
     * Writes the whole body. Blocks as long as the client is slow.
     *
     * @throws IOException if the client went away or the content could not be read
     * @throws Exception what the application's code throws while it produces the body
     */
    void writeTo(OutputStream out) throws Exception;

    /** Releases what the body holds. */
    @Override
    default void close() throws Exception {}

    /** No body. */
    record Empty() implements Body {
        static final Empty INSTANCE = new Empty();

        @Override
        public long length() {
            return 0;
        }

        @Override
        public void writeTo(OutputStream out) {}
    }

    /** Bytes, which are not copied and must not be changed any more. */
    record Bytes(byte[] content) implements Body {
        public Bytes {
            Objects.requireNonNull(content, "content");
        }

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(content);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && java.util.Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return "Bytes[" + content.length + "]";
        }
    }

    /** Text in a charset. */
    record Text(String content, Charset charset) implements Body {
        public Text {
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(charset, "charset");
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(content.getBytes(charset));
        }
    }

    /** A file, sent by the kernel where that is possible, with ranges and an entity tag. */
    record File(Path path) implements Body {
        public File {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            Files.copy(path, out);
        }
    }

    /** What a stream gives: the first {@code length} bytes, or all if that is -1. Closing the body closes the stream. */
    record Stream(InputStream content, long length) implements Body {
        public Stream {
            Objects.requireNonNull(content, "content");
            if (length < -1) {
                throw new IllegalArgumentException("length: " + length + " (expected: -1 or more)");
            }
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (length < 0) {
                content.transferTo(out);
                return;
            }
            byte[] buffer = new byte[(int) Math.min(length, 16 * 1024)];
            for (long left = length; left > 0; ) {
                int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException("the stream ended " + left + " bytes before the length " + length);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /** What application code writes. If the writer is {@link AutoCloseable}, closing the body closes it. */
    record Writer(BodyWriter content) implements Body {
        public Writer {
            Objects.requireNonNull(content, "content");
        }

        @Override
        public void writeTo(OutputStream out) throws Exception {
            content.write(out);
        }

        @Override
        public void close() throws Exception {
            if (content instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    /** Server-sent events. If the source is {@link AutoCloseable}, closing the body closes it. */
    record Events(EventSource content) implements Body {
        public Events {
            Objects.requireNonNull(content, "content");
        }

        @Override
        public void writeTo(OutputStream out) throws Exception {
            out.flush();
            content.send(new EventSink(out));
        }

        @Override
        public void close() throws Exception {
            if (content instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
