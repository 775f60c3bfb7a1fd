package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyTest {
    @TempDir
    private Path directory;

    @Test
    void everyKindWritesItsContent() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "file");

        assertThat(written(new Body.Empty())).isEmpty();
        assertThat(written(new Body.Bytes(new byte[] {65}))).isEqualTo("A");
        assertThat(written(new Body.Text("\u00e4", StandardCharsets.UTF_8))).isEqualTo("\u00e4");
        assertThat(written(new Body.File(file))).isEqualTo("file");
        assertThat(written(new Body.Stream(new ByteArrayInputStream("stream".getBytes()), -1)))
                .isEqualTo("stream");
        assertThat(written(new Body.Writer(out -> out.write('W')))).isEqualTo("W");
        assertThat(written(new Body.Events(sink -> sink.send("e")))).isEqualTo("data: e\n\n");
    }

    @Test
    void aStreamWithALengthGivesThatMuch() throws Exception {
        assertThat(written(new Body.Stream(new ByteArrayInputStream("stream".getBytes()), 3)))
                .isEqualTo("str");
    }

    @Test
    void aStreamThatEndsEarlyFails() {
        assertThatThrownBy(() -> written(new Body.Stream(new ByteArrayInputStream("stream".getBytes()), 7)))
                .isInstanceOf(IOException.class)
                .hasMessage("the stream ended 1 bytes before the length 7");
    }

    @Test
    void theTypeOfAFileIsGuessedFromItsName() {
        assertThat(Response.file(Path.of("a.html")).header("content-type")).contains("text/html");
        assertThat(Response.file(Path.of("a.none-such")).header("content-type")).contains("application/octet-stream");
    }

    private static String written(Body body) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
