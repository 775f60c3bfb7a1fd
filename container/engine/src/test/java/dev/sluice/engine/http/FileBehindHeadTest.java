package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head of a response goes ahead of a file that is not small, so that no byte of the file is copied to go with it. */
class FileBehindHeadTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"8192, 0", "20000, 0", "1000000, 0", "1000000, 12345"})
    void isNotRead(int length, int from) throws Exception {
        String content = "0123456789abcdef".repeat(length / 16 + 1).substring(0, length);
        Path path = Files.writeString(directory.resolve("file"), content);
        try (Counting file = new Counting(FileChannel.open(path));
                TestEngine engine = TestEngine.of((TestApplication) call -> {
                    HttpExchange exchange = call.exchange();
                    exchange.responseHeaders().set("Content-Length", String.valueOf(length - from));
                    exchange.responseBody().transferFrom(file, from, length - from);
                    exchange.responseBody().end();
                })) {
            RawResponse response = engine.get("/");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(content.substring(from));
            assertThat(file.reads).as("reads").isZero();
        }
    }

    /** Counts what is read into buffers. */
    private static final class Counting extends FileChannel {
        private final FileChannel file;
        private volatile int reads;

        Counting(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            reads++;
            return file.read(target);
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            reads++;
            return file.read(targets, offset, length);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            reads++;
            return file.read(target, position);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return file.transferTo(position, count, target);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException("writing to a file that is sent");
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException("writing to a file that is sent");
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException("writing to a file that is sent");
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException("writing to a file that is sent");
        }

        @Override
        public FileChannel truncate(long size) {
            throw new UnsupportedOperationException("cutting a file that is sent");
        }

        @Override
        public void force(boolean metaData) {
            throw new UnsupportedOperationException("forcing a file that is sent");
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException("mapping a file that is sent");
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException("locking a file that is sent");
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException("locking a file that is sent");
        }
    }
}
