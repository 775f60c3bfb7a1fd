package dev.sluice.engine.http.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.protocols.http2.HpackEncoder;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header blocks are decoded as RFC 7541 says, and indexes are those of the table, however often it went round. */
class HeaderDecoderTest {
    private static final int STATIC = 61;

    private final List<String> fields = new ArrayList<>();
    private HeaderDecoder decoder = decoder(4096);

    private HeaderDecoder decoder(int table) {
        return new HeaderDecoder(table, (name, value) -> fields.add(name + ": " + value));
    }

    /** A block, in two pieces cut at each place of it in turn. */
    private List<String> decode(String hex) throws ConnectionError {
        fields.clear();
        decoder.begin();
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        for (int limit = 1; limit <= bytes.capacity(); limit++) {
            decoder.decode(bytes.limit(limit));
        }
        assertThat(bytes.hasRemaining()).isFalse();
        return List.copyOf(fields);
    }

    @Test
    void requestsOfAppendixC3() throws ConnectionError {
        requests(
                "828684410f7777772e6578616d706c652e636f6d",
                "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
    }

    @Test
    void requestsOfAppendixC4() throws ConnectionError {
        requests(
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
    }

    private void requests(String first, String second, String third) throws ConnectionError {
        String get = ":method: GET";
        String authority = ":authority: www.example.com";
        assertThat(decode(first)).containsExactly(get, ":scheme: http", ":path: /", authority);
        assertThat(decode(second))
                .containsExactly(get, ":scheme: http", ":path: /", authority, "cache-control: no-cache");
        assertThat(decode(third))
                .containsExactly(get, ":scheme: https", ":path: /index.html", authority, "custom-key: custom-value");
    }

    @Test
    void responsesOfAppendixC6Evict() throws ConnectionError {
        decoder = decoder(256);
        assertThat(decode("488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
                        + "6e919d29ad171863c78f0b97c8e9ae82ae43d3"))
                .containsExactly(
                        ":status: 302",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com");
        assertThat(decode("4883640effc1c0bf"))
                .containsExactly(
                        ":status: 307",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com");
        assertThat(decode(
                        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b"
                                + "3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"))
                .containsExactly(
                        ":status: 200",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:22 GMT",
                        "location: https://www.example.com",
                        "content-encoding: gzip",
                        "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // index 0
                "be", // the first of an empty table
                "7f00016a", // its name
                "ffffffffff0f", // more octets than any index
                "8220", // a size behind a field
                "3fe21f", // a table of 4,097 bytes
                "0001618118", // Huffman's code filled with zeros
                "000161821fff", // filled with a byte
                "00016184ffffffff", // the end of a string in it
            })
    void isRefused(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOfSatisfying(ConnectionError.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.COMPRESSION_ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000179", "0003780d0a0179", "00017802000a"})
    void whatHttpForbidsIsCodedRight(String hex) throws ConnectionError {
        assertThat(decode(hex)).hasSize(1);
    }

    /** The table turns round in its ring many times; an index beyond its last entry never finds an older one. */
    @Test
    void indexesEndWithTheTable() throws ConnectionError {
        for (int entries = 1; entries <= 1_000; entries++) {
            String name = String.format("n%07d", entries);
            decode("4008" + HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII)) + "00");
            int held = Math.min(entries, 4096 / (8 + 32));
            assertThat(decode(index(STATIC + 1))).containsExactly(name + ": ");
            assertThat(decode(index(STATIC + held))).containsExactly(String.format("n%07d: ", entries - held + 1));
            assertThatThrownBy(() -> decode(index(STATIC + held + 1))).isInstanceOf(ConnectionError.class);
        }
    }

    private static String index(int index) {
        return index < 127 ? String.format("%02x", 0x80 | index) : String.format("ff%02x00", index - 127 | 0x80);
    }

    @Test
    void asAnEncoderOfSomebodyElseMeansIt() throws ConnectionError {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        HpackEncoder encoder = new HpackEncoder(4096);
        for (int round = 0; round < 2_000; round++) {
            if (random.nextInt(50) == 0) {
                encoder.setMaxTableSize(random.nextInt(4097));
            }
            HeaderMap map = new HeaderMap();
            List<String> sent = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                String name = "name-" + random.nextInt(300);
                String value = "value ".repeat(random.nextInt(20)) + random.nextInt(9);
                map.add(new HttpString(name), value);
                sent.add(name + ": " + value);
            }
            ByteBuffer bytes = ByteBuffer.allocate(16_384);
            encoder.encode(map, bytes);
            fields.clear();
            decoder.begin();
            decoder.decode(bytes.flip());
            assertThat(fields).as("seed " + seed).containsExactlyInAnyOrderElementsOf(sent);
        }
    }
}
