package dev.sluice.engine.http.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random and mutated requests, pipelined and in pieces, mean the same to the parser as to a slow one written from RFC 9112. The property
 * {@code sluice.fuzz.http1} says how many, {@code sluice.seed} which.
 */
class ParserFuzzTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.http1", 20_000);
    private static final String[] PIECES = {
        "GET ",
        "HEAD ",
        "CONNECT ",
        "x".repeat(32) + " ",
        "x",
        "/a",
        "/",
        "?",
        "%41",
        "%",
        "http://a",
        "*",
        " HTTP/1.1\r\n",
        " HTTP/1.0\r\n",
        " HTTP/1.7\r\n",
        " HTTP/2.0\r\n",
        "Host: a\r\n",
        "host:b:80\r\n",
        "Host: [::1]\r\n",
        "Content-Length: 3\r\n",
        "content-length:0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Expect: 100-continue\r\n",
        "Expect: x\r\n",
        "Upgrade: h2c\r\n",
        "Connection: close\r\n",
        "A: b\r\n",
        "A:\r\n",
        "a-b: \t c d\t\r\n",
        " folded\r\n",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        ":",
        " ",
        "\t",
        "\u0000",
        "\u007f",
        "\u00ff",
        "abc",
        "3\r\nabc\r\n",
        "1;x=y\r\n",
        "00000000000003\r\n",
        "0\r\n\r\n",
        "0\r\nT: v\r\n\r\n",
        "C: " + "d".repeat(60) + "\r\n",
        "e".repeat(50),
    };

    private final List<String> seeds = new ArrayList<>(Corpus.fine());

    ParserFuzzTest() {
        seeds.addAll(Corpus.refused());
    }

    private String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(seeds.get(
                    random.nextInt(random.nextBoolean() ? Corpus.fine().size() : seeds.size())));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            mutate(text, random);
        }
        return text.toString();
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = text.length() == 0 ? 0 : random.nextInt(text.length());
        String piece = PIECES[random.nextInt(PIECES.length)];
        int end = Math.min(text.length(), at + random.nextInt(6));
        switch (random.nextInt(6)) {
            case 0 -> text.insert(at, piece);
            case 1 -> text.replace(at, end, piece);
            case 2 -> text.delete(at, end);
            case 3 -> text.replace(at, end, String.valueOf((char) random.nextInt(256)));
            case 4 -> {
                int line = text.indexOf("\r\n", at);
                text.insert(line < 0 ? text.length() : line + 2, piece);
            }
            default -> text.setLength(at);
        }
    }

    @Test
    void meansTheSameToBoth() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("ParserFuzzTest seed " + seed);
        Random random = new Random(seed);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = random(random);
            Limits limits = new Limits(60 + random.nextInt(300), 1 + random.nextInt(6), 4 + random.nextInt(40));
            String what = "seed " + seed + ", round " + i + ", " + limits + ": " + text;
            Reading slow = SlowReading.read(text, limits);
            Reading fast = fast(text, limits, random);
            assertThat(fast.requests()).as(what).isEqualTo(slow.requests());
            assertThat(fast.status()).as(what).isEqualTo(slow.status());
            if (fast.status() != 0) {
                int at = fast.refusedAt();
                assertThat(SlowReading.read(text.substring(0, at), limits).status())
                        .as("before byte " + at + ", " + what)
                        .isZero();
                assertThat(SlowReading.read(text.substring(0, at + 1), limits).status())
                        .as("with byte " + at + ", " + what)
                        .isEqualTo(slow.status());
                refused++;
            }
            accepted += slow.requests().size();
        }
        assertThat(accepted).as("requests taken with seed " + seed).isGreaterThan(ROUNDS / 4);
        assertThat(refused).as("requests refused with seed " + seed).isGreaterThan(ROUNDS / 4);
    }

    private static Reading fast(String text, Limits limits, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean direct = random.nextInt(4) == 0;
        return switch (random.nextInt(3)) {
            case 0 -> FastReading.read(bytes, limits, direct, from -> bytes.length);
            case 1 -> FastReading.read(bytes, limits, direct, from -> 1);
            default -> FastReading.read(bytes, limits, direct, from -> 1 + random.nextInt(40));
        };
    }
}
