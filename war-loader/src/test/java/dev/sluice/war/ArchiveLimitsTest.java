package dev.sluice.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.ArchiveLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that unpack to more than they should are refused before they fill anything, and leave nothing behind. */
class ArchiveLimitsTest {
    private static final int CENTRAL = 0x02014b50;
    private static final int END_LENGTH = 22;
    private static final int SIZE_IN_CENTRAL = 24;
    private static final int NAME_IN_CENTRAL = 46;
    private static final byte[] ZEROS = new byte[20_000_000];

    @TempDir
    Path directory;

    private ArchiveLimits limits = ArchiveLimits.DEFAULT;

    private LoadedArchive open(Path file) throws ArchiveException {
        return Archives.open(file, LoaderOptions.of(directory.resolve("work")).withLimits(limits));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private AbstractThrowableAssert<?, ?> refused(Path file) {
        return assertThatThrownBy(() -> open(file))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(file.toString());
    }

    private AbstractThrowableAssert<?, ?> refused(ArchiveFile war) throws IOException {
        return refused(write("a.war", war.toBytes()));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Path work = directory.resolve("work");
        if (Files.isDirectory(work)) {
            try (Stream<Path> left = Files.list(work)) {
                assertThat(left).isEmpty();
            }
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static ArchiveFile war() {
        return ArchiveFile.empty().webXml("");
    }

    @Test
    void anOrdinaryArchiveIsOpened() throws Exception {
        ArchiveFile war = war().bytes("a.bin", random(2_000_000))
                .text("deep/er/b.txt", "b".repeat(900_000))
                .library("lib.jar", ArchiveFile.empty().text("c", "c"));
        try (LoadedArchive loaded = open(write("a.war", war.toBytes()))) {
            assertThat(loaded.warnings()).isEmpty();
        }
    }

    @Test
    void anEntryThatIsPackedTooWell() throws Exception {
        refused(war().bytes("zeros.bin", ZEROS))
                .hasMessageContaining("'zeros.bin'")
                .hasMessageContaining("more than 100 times")
                .hasMessageContaining("limits.archive-ratio");
    }

    @Test
    void theRatioIsALimit() throws Exception {
        limits = new ArchiveLimits(1L << 30, 100, 2000);
        open(write("a.war", war().bytes("zeros.bin", ZEROS).toBytes())).close();
    }

    @Test
    void anArchiveThatIsTooLarge() throws Exception {
        limits = new ArchiveLimits(3_000_000, 100, 100);
        ArchiveFile war = war();
        for (int i = 0; i < 4; i++) {
            war.bytes(i + ".bin", random(1_000_000));
        }
        refused(war).hasMessageContaining("at most 3000000 bytes").hasMessageContaining("limits.archive-size");
    }

    @Test
    void jarsCountTogetherWithTheirArchive() throws Exception {
        limits = new ArchiveLimits(3_000_000, 100, 100);
        ArchiveFile jar = ArchiveFile.empty().bytes("large.bin", random(1_600_000));
        refused(war().library("one.jar", jar)).hasMessageContaining("one.jar").hasMessageContaining("3000000");
    }

    @Test
    void tooManyEntries() throws Exception {
        limits = new ArchiveLimits(1L << 30, 100, 100);
        ArchiveFile war = war();
        for (int i = 0; i < 100; i++) {
            war.text(i + ".txt", "");
        }
        refused(war).hasMessageContaining("has 101 files").hasMessageContaining("limits.archive-entries");
    }

    @Test
    void theDirectoriesOfADeepNameCount() throws Exception {
        limits = new ArchiveLimits(1L << 30, 100, 100);
        refused(war().text("a/".repeat(200) + "b.txt", "")).hasMessageContaining("limits.archive-entries");
    }

    @Test
    void theEntriesOfJarsCount() throws Exception {
        limits = new ArchiveLimits(1L << 30, 100, 100);
        ArchiveFile jar = ArchiveFile.empty();
        for (int i = 0; i < 100; i++) {
            jar.text(i + ".txt", "");
        }
        refused(war().library("many.jar", jar)).hasMessageContaining("limits.archive-entries");
    }

    @Test
    void aBombInAJar() throws Exception {
        ArchiveFile bomb = ArchiveFile.empty().bytes("META-INF/web-fragment.xml", ZEROS);
        refused(war().library("bomb.jar", bomb))
                .hasMessageContaining("bomb.jar")
                .hasMessageContaining("100 times");
    }

    @Test
    void aBombInAJarOfADirectory() throws Exception {
        ArchiveFile bomb = ArchiveFile.empty().bytes("META-INF/web-fragment.xml", ZEROS);
        Path exploded = war().library("bomb.jar", bomb).explode(directory.resolve("exploded"));
        refused(exploded).hasMessageContaining("bomb.jar").hasMessageContaining("100 times");
    }

    @Test
    void aBombInAHandlerJar() throws Exception {
        ArchiveFile jar =
                ArchiveFile.empty().manifest("Sluice-Application: example.App").bytes("data", ZEROS);
        refused(write("a.jar", jar.toBytes())).hasMessageContaining("'data'").hasMessageContaining("100 times");
    }

    @Test
    void aBombInAJarOfAHandlerJar() throws Exception {
        ArchiveFile bomb = ArchiveFile.empty().bytes("data", ZEROS);
        ArchiveFile jar = ArchiveFile.empty()
                .manifest("Sluice-Application: example.App")
                .bytes("META-INF/lib/bomb.jar", bomb.toBytes());
        refused(write("a.jar", jar.toBytes())).hasMessageContaining("bomb.jar").hasMessageContaining("100 times");
    }

    /** Many entries that are the same bytes of the file: what is packed once is unpacked many times. */
    @Test
    void entriesThatOverlap() throws Exception {
        byte[] one = ArchiveFile.empty().bytes("a", random(10_000)).toBytes();
        ByteBuffer zip = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN);
        int central = position(zip, CENTRAL);
        int end = one.length - END_LENGTH;
        byte[] record = Arrays.copyOfRange(one, central, end);
        int count = 50;
        ByteBuffer made = ByteBuffer.allocate(central + count * record.length + END_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(one, 0, central);
        for (int i = 0; i < count; i++) {
            record[NAME_IN_CENTRAL] = (byte) ('0' + i);
            made.put(record);
        }
        int endAt = made.position();
        made.put(one, end, END_LENGTH);
        made.putShort(endAt + 8, (short) count).putShort(endAt + 10, (short) count);
        made.putInt(endAt + 12, count * record.length).putInt(endAt + 16, central);
        refused(write("a.war", made.array())).hasMessageContaining("overlap");
    }

    @Test
    void aSizeThatIsALie() throws Exception {
        byte[] bytes = ArchiveFile.empty().bytes("a", random(10_000)).toBytes();
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(position(zip, CENTRAL) + SIZE_IN_CENTRAL, 100);
        refused(write("a.war", bytes)).hasMessageContaining("has 100 bytes, and it has 10000");
    }

    @Test
    void aSizeThatIsTooMuchByItsOwnAccount() throws Exception {
        byte[] bytes = ArchiveFile.empty().bytes("a", random(10_000)).toBytes();
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        limits = new ArchiveLimits(1_000_000, 10, 100);
        zip.putInt(position(zip, CENTRAL) + SIZE_IN_CENTRAL, 0x7fffffff);
        refused(write("a.war", bytes)).hasMessageContaining("2147483647 bytes by its own account");
    }

    private static int position(ByteBuffer zip, int signature) {
        for (int i = 0; i < zip.limit() - 4; i++) {
            if (zip.getInt(i) == signature) {
                return i;
            }
        }
        throw new IllegalStateException("no such signature: " + signature);
    }
}
