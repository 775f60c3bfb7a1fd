package dev.sluice.deploy.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropInDirectoryTest {
    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock();
    private DropInDirectory dropIn;

    @BeforeEach
    void watch() {
        dropIn = new DropInDirectory(directory, Duration.ofSeconds(10), clock);
    }

    @Nested
    class AnArchive {
        @Test
        void thatWasThereBeforeIsReportedAtOnceAndOnce() throws IOException {
            write("shop.war", zip("a"), -60);

            assertThat(poll()).containsExactly("APPEARED shop.war");
            assertThat(poll()).isEmpty();
        }

        @Test
        void thatIsYoungIsReportedWhenItLooksTheSameTwice() throws IOException {
            write("shop.war", zip("a"), 0);

            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("APPEARED shop.war");
        }

        @Test
        void thatGrowsIsNotReportedUntilItIsWhole() throws IOException {
            byte[] whole = zip("a".repeat(50_000));
            for (int length = 0; length < whole.length; length += whole.length / 7) {
                write("shop.war", Arrays.copyOf(whole, length), length);
                assertThat(poll()).isEmpty();
                assertThat(poll())
                        .as("stalled at %d of %d bytes", length, whole.length)
                        .isEmpty();
            }
            write("shop.war", whole, 500_000);

            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("APPEARED shop.war");
        }

        @Test
        void thatStaysBrokenIsReportedAfterTheCopyTime() throws IOException {
            write("shop.war", new byte[] {1, 2, 3}, -60);

            assertThat(poll()).isEmpty();
            clock.forward(Duration.ofSeconds(11));
            assertThat(poll()).containsExactly("APPEARED shop.war");
            assertThat(poll()).isEmpty();
        }

        @Test
        void thatIsReplacedIsAChange() throws IOException {
            write("shop.war", zip("a"), -60);
            poll();
            write("shop.war", zip("bb"), -30);

            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("CHANGED shop.war");
        }

        @Test
        void thatIsReplacedByOneOfTheSameSizeAndTimeIsAChange() throws IOException {
            write("shop.war", zip("a"), -60);
            poll();
            Path other = directory.resolve(".copy");
            Files.write(other, zip("b"));
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(directory.resolve("shop.war")));
            Files.move(other, directory.resolve("shop.war"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);

            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("CHANGED shop.war");
        }

        @Test
        void thatIsRemovedIsReportedAtTheSecondLook() throws IOException {
            write("shop.war", zip("a"), -60);
            poll();
            Files.delete(directory.resolve("shop.war"));

            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("VANISHED shop.war");
            assertThat(poll()).isEmpty();
        }

        @Test
        void thatIsRemovedAndCopiedAgainIsOneChange() throws IOException {
            write("shop.war", zip("a"), -60);
            poll();
            Files.delete(directory.resolve("shop.war"));
            assertThat(poll()).isEmpty();
            write("shop.war", zip("bb"), 0);

            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("CHANGED shop.war");
        }
    }

    @Nested
    class ADirectory {
        @Test
        void countsByItsWebInfOnly() throws IOException {
            Path descriptor = directory.resolve("site/WEB-INF/web.xml");
            Files.createDirectories(descriptor.getParent());
            Files.writeString(descriptor, "<web-app/>");
            Files.setLastModifiedTime(descriptor, at(-60));

            assertThat(poll()).containsExactly("APPEARED site");
            Files.writeString(directory.resolve("site/index.html"), "new");
            assertThat(poll()).isEmpty();
            Files.writeString(descriptor, "<web-app></web-app>");
            assertThat(poll()).isEmpty();
            assertThat(poll()).containsExactly("CHANGED site");
        }
    }

    @Test
    void otherFilesDoNotCount() throws IOException {
        write(".shop.war.Xy12", zip("a"), -60);
        write("notes.txt", zip("a"), -60);

        assertThat(poll()).isEmpty();
    }

    @Test
    void aDirectoryThatDoesNotExistIsEmpty() throws IOException {
        assertThat(new DropInDirectory(directory.resolve("none"), Duration.ZERO, clock).poll())
                .isEmpty();
    }

    private List<String> poll() throws IOException {
        return dropIn.poll().stream()
                .map(change -> change.kind() + " " + directory.relativize(change.path()))
                .toList();
    }

    private FileTime at(long seconds) {
        return FileTime.from(clock.instant().plusSeconds(seconds));
    }

    private void write(String name, byte[] bytes, long seconds) throws IOException {
        Files.write(directory.resolve(name), bytes);
        Files.setLastModifiedTime(directory.resolve(name), at(seconds));
    }

    private static byte[] zip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("index.html");
            entry.setTime(0);
            zip.setLevel(0);
            zip.putNextEntry(entry);
            zip.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.now();

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
