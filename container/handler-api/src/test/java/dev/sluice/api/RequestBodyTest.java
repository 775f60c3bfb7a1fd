package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private record TestBody(InputStream stream, OptionalLong length, Charset charset) implements RequestBody {
        TestBody(byte[] bytes, OptionalLong length, Charset charset) {
            this(new ByteArrayInputStream(bytes), length, charset);
        }
    }

    @Test
    void textIsDecodedInTheCharsetOfTheBody() throws Exception {
        TestBody body = new TestBody(new byte[] {(byte) 0xE4}, OptionalLong.empty(), StandardCharsets.ISO_8859_1);

        assertThat(body.text()).isEqualTo("\u00e4");
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() throws Exception {
        assertThat(new TestBody(new byte[5], OptionalLong.empty(), StandardCharsets.UTF_8).bytes(5))
                .hasSize(5);
    }

    @Test
    void aLongerBodyIs413() {
        TestBody body = new TestBody(new byte[6], OptionalLong.empty(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> body.bytes(5))
                .isInstanceOfSatisfying(
                        StatusException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    @Test
    void anAnnouncedLengthAboveTheLimitIsRefusedBeforeReading() throws Exception {
        TestBody body = new TestBody(new byte[6], OptionalLong.of(6), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> body.bytes(5)).isInstanceOf(StatusException.class);
        assertThat(body.stream().available()).isEqualTo(6);
    }

    @Test
    void theCharsetComesFromTheContentType() {
        assertThat(RequestBody.charsetOf("text/plain; Charset=\"iso-8859-1\"; x=y"))
                .isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(RequestBody.charsetOf("text/plain")).isEqualTo(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> RequestBody.charsetOf("text/plain;charset=none-such"))
                .isInstanceOfSatisfying(
                        StatusException.class, e -> assertThat(e.status()).isEqualTo(415));
        assertThatThrownBy(() -> RequestBody.charsetOf("text/plain;charset=")).isInstanceOf(StatusException.class);
    }
}
