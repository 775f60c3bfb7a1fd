package dev.sluice.engine.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send, taken apart: RFC 6455, 5; heads in hexadecimal, masks of zeros. */
class FrameReaderTest {
    private static final int LIMIT = 1000;
    private static final String MASK = "00000000";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static List<Message> read(String hex) throws FrameException {
        return read(new FrameReader(LIMIT), ByteBuffer.wrap(bytes(hex)));
    }

    private static List<Message> read(FrameReader reader, ByteBuffer in) throws FrameException {
        List<Message> messages = new ArrayList<>();
        for (Message next; (next = reader.next(in)) != null; ) {
            messages.add(next);
        }
        assertThat(in.hasRemaining()).isFalse();
        return messages;
    }

    private static int refusal(String hex) {
        try {
            List<Message> read = read(hex);
            throw new AssertionError("read as " + read);
        } catch (FrameException e) {
            assertThat(e.reason()).hasSizeLessThan(124);
            return e.code();
        }
    }

    private static ByteBuffer frame(int first, byte[] payload, int mask) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 0xFE).putShort((short) payload.length);
        } else {
            frame.put((byte) 0xFF).putLong(payload.length);
        }
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask >>> 8 * (3 - i % 4)));
        }
        return frame.flip();
    }

    /** RFC 6455, 5.7: a single-frame masked text. */
    @Test
    void theExampleOfTheSpecification() throws Exception {
        assertThat(read("81 85 37fa213d 7f9f4d5158")).containsExactly(new Message.Text("Hello"));
    }

    @Test
    void fragmentsWithControlFramesInBetween() throws Exception {
        assertThat(read("01 81" + MASK + "61  89 81" + MASK + "70  00 80" + MASK + "  8A 80" + MASK + "  80 81" + MASK
                        + "62" + "  82 80" + MASK))
                .containsExactly(
                        new Message.Ping(ByteBuffer.wrap(new byte[] {'p'})),
                        new Message.Pong(ByteBuffer.allocate(0)),
                        new Message.Text("ab"),
                        new Message.Binary(ByteBuffer.allocate(0)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no mask | 81 01 61",
                "reserved bit 1 | C1 80",
                "reserved bit 2 | A1 80",
                "reserved bit 3 | 91 80",
                "opcode 3 | 83 80",
                "opcode 7 | 87 80",
                "opcode 11 | 8B 80",
                "opcode 15 | 8F 80",
                "a continuation of nothing | 80 80",
                "a continuation of nothing, not last | 00 80",
                "a text inside a text | 01 80 00000000 81",
                "bytes inside a text | 01 80 00000000 02",
                "a continuation behind a whole message | 81 80 00000000 80",
                "a fragmented ping | 09 80",
                "a fragmented close | 08 80",
                "a ping of 126 bytes | 89 FE",
                "a close frame of 2^16 bytes | 88 FF",
                "a close frame of 1 byte | 88 81",
                "a length with the top bit set | 82 FF 8000000000000000 00000000",
                "all bits of a length | 82 FF FFFFFFFFFFFFFFFF 00000000",
                "5 in two bytes | 82 FE 0005 00000000",
                "125 in two bytes | 82 FE 007D 00000000",
                "300 in eight bytes | 82 FF 000000000000012C 00000000",
            })
    void isAProtocolError(String name, String hex) {
        assertThat(refusal(hex)).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void codesThatMustNotBeSent(int code) {
        assertThat(refusal("88 82" + MASK + String.format("%04x", code))).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void codesThatMayBeSent(int code) throws Exception {
        assertThat(read("88 83" + MASK + String.format("%04x", code) + "78"))
                .containsExactly(new Message.Close(code, "x"));
    }

    @Test
    void closingWithoutACode() throws Exception {
        assertThat(read("88 80" + MASK)).containsExactly(new Message.Close(1005, ""));
    }

    @Test
    void aReasonThatIsNoText() {
        assertThat(refusal("88 84" + MASK + "03e8 c328")).isEqualTo(1007);
        assertThat(refusal("88 83" + MASK + "03e8 c3")).isEqualTo(1007);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c0 80",
                "c1 bf",
                "e0 80 80",
                "e0 9f bf",
                "ed a0 80",
                "ed bf bf",
                "f0 80 80 80",
                "f0 8f bf bf",
                "f4 90 80 80",
                "f5 80 80 80",
                "ff",
                "c3 28",
                "e2 28 a1",
                "e2 82 28",
                "f0 28 8c bc",
                "61 62 63 64 65 66 67 68 69 ff",
            })
    void isNoText(String hex) {
        byte[] text = bytes(hex);
        // The rest of the message is still to come: it is refused at once.
        String head = "81 " + String.format("%02x", 0x80 | text.length + 5) + MASK;
        assertThat(refusal(head + hex)).isEqualTo(1007);
        assertThat(refusal("82 80" + MASK + "01 80" + MASK + "80 " + String.format("%02x", 0x80 | text.length) + MASK
                        + hex))
                .isEqualTo(1007);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e2 82", "f0 90 8d", "61 f4"})
    void aTextThatEndsInsideACharacter(String hex) {
        int length = bytes(hex).length;
        assertThat(refusal("81 " + String.format("%02x", 0x80 | length) + MASK + hex))
                .isEqualTo(1007);
    }

    @Test
    void aMessageAboveTheLimitIsRefusedBeforeItComes() {
        assertThat(refusal("82 FE 03E9" + MASK)).isEqualTo(1009);
        assertThat(refusal("82 FF 7FFFFFFFFFFFFFFF" + MASK)).isEqualTo(1009);
        assertThat(refusal("02 FE 03E8" + MASK + "00".repeat(1000) + "80 81" + MASK))
                .isEqualTo(1009);
    }

    @Test
    void anAnnouncedMessageTakesNoMemoryBeforeItComes() throws Exception {
        FrameReader reader = new FrameReader(Integer.MAX_VALUE);
        assertThat(reader.next(ByteBuffer.wrap(bytes("82 FF 000000007FFFFF00" + MASK + "00"))))
                .isNull();
    }

    @Test
    void nothingDependsOnWhereReadsEnd() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Message> expected = new ArrayList<>();
            FrameReader reader = new FrameReader(1 << 20);
            List<Message> messages = new ArrayList<>();
            for (ByteBuffer all = ByteBuffer.wrap(frames(random, expected)); all.hasRemaining(); ) {
                int count = Math.min(all.remaining(), 1 + random.nextInt(random.nextBoolean() ? 3 : 3000));
                messages.addAll(read(reader, all.slice(all.position(), count)));
                all.position(all.position() + count);
            }
            assertThat(messages).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static byte[] frames(Random random, List<Message> expected) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            String text = "aé€😀".repeat(random.nextInt(random.nextBoolean() ? 20 : 9_000));
            byte[] whole = text.getBytes(StandardCharsets.UTF_8);
            boolean binary = random.nextBoolean();
            int first = binary ? 2 : 1;
            int from = 0;
            while (random.nextBoolean()) {
                int to = from + random.nextInt(whole.length - from + 1);
                append(all, frame(first, java.util.Arrays.copyOfRange(whole, from, to), random.nextInt()));
                append(all, frame(0x89, new byte[] {(byte) count}, random.nextInt()));
                expected.add(new Message.Ping(ByteBuffer.wrap(new byte[] {(byte) count})));
                first = 0;
                from = to;
            }
            append(all, frame(0x80 | first, java.util.Arrays.copyOfRange(whole, from, whole.length), random.nextInt()));
            expected.add(binary ? new Message.Binary(ByteBuffer.wrap(whole)) : new Message.Text(text));
        }
        return all.toByteArray();
    }

    private static void append(ByteArrayOutputStream all, ByteBuffer frame) {
        all.write(frame.array(), 0, frame.limit());
    }

    @Test
    void binaryMessagesHaveABufferOfTheirOwn() throws Exception {
        ByteBuffer in = frame(0x82, new byte[] {1, 2}, 7);
        Message.Binary message =
                (Message.Binary) read(new FrameReader(LIMIT), in).get(0);
        in.clear().put(0, new byte[8]);
        assertThat(message.value()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(message.value().isReadOnly()).isFalse();
    }

    @Test
    void framesOfOurOwn() {
        assertThat(Frame.binary(ByteBuffer.allocate(125)).head()).isEqualTo(ByteBuffer.wrap(bytes("82 7D")));
        assertThat(Frame.binary(ByteBuffer.allocate(126)).head()).isEqualTo(ByteBuffer.wrap(bytes("82 7E 007E")));
        assertThat(Frame.binary(ByteBuffer.allocate(65_536)).head())
                .isEqualTo(ByteBuffer.wrap(bytes("82 7F 0000000000010000")));
        assertThat(Frame.close(1001, "€".repeat(100)).payload().remaining()).isEqualTo(2 + 123);
        assertThat(Frame.close(1005, "x").payload().remaining()).isZero();
        assertThatThrownBy(() -> read("88 82" + MASK + "03ed")).isInstanceOf(FrameException.class);
    }
}
