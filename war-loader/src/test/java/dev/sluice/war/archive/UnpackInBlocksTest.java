package dev.sluice.war.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel keeps a file in pieces as large as its writes, and sends it piece by piece, so an unpacked file is written in few. */
class UnpackInBlocksTest {
    private static final int BLOCK = 256 * 1024;

    @TempDir
    Path directory;

    private static final class Counting extends OutputStream {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final List<Integer> writes = new ArrayList<>();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            writes.add(length);
            all.write(bytes, from, length);
        }
    }

    private Counting unpacked(byte[] content) throws Exception {
        Path file = directory.resolve("a.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("x"));
            zip.write(content);
        }
        Counting target = new Counting();
        UnpackBudget budget = new UnpackBudget(file, ArchiveLimits.DEFAULT);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            budget.copy(zip, "", zip.getEntry("x"), target);
        }
        assertThat(target.all.toByteArray()).isEqualTo(content);
        return target;
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(3).nextBytes(content);
        return content;
    }

    @Test
    void aLargeFileIsWrittenInFullBlocks() throws Exception {
        assertThat(unpacked(random(4 * BLOCK)).writes).containsExactly(BLOCK, BLOCK, BLOCK, BLOCK);
        assertThat(unpacked(random(BLOCK + 1)).writes).containsExactly(BLOCK, 1);
        assertThat(unpacked("text ".repeat(100_000).getBytes(StandardCharsets.US_ASCII)).writes)
                .containsExactly(BLOCK, 500_000 - BLOCK);
    }

    @Test
    void aSmallFileInOneWrite() throws Exception {
        assertThat(unpacked(random(70_000)).writes).containsExactly(70_000);
        assertThat(unpacked(new byte[0]).writes).isEmpty();
    }
}
