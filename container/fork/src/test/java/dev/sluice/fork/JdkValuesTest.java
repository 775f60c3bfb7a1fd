package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of the JDK: immutable ones are shared, mutable ones are equal but not the same. */
class JdkValuesTest {
    private static Object forked(Object value) {
        return Template.of("state", new ArrayList<>(List.of(value)), ForkOptions.defaults())
                .fork()
                .get(0);
    }

    static Stream<Object> immutable() {
        return Stream.of(
                "text",
                1,
                2L,
                'c',
                true,
                1.5,
                Thread.State.NEW,
                String.class,
                Instant.now(),
                LocalDate.now(),
                ZoneId.systemDefault(),
                Clock.systemUTC(),
                DateTimeFormatter.ISO_DATE,
                new BigDecimal("1.5"),
                URI.create("a:b"),
                Pattern.compile("a"),
                Locale.ROOT,
                UUID.randomUUID(),
                Optional.of("x"),
                StandardCharsets.UTF_8,
                Path.of("a"),
                new int[0]);
    }

    @ParameterizedTest
    @MethodSource("immutable")
    void sharedWhenImmutable(Object value) {
        assertThat(forked(value)).isSameAs(value);
    }

    static Stream<Object> mutable() {
        BitSet bits = new BitSet();
        bits.set(5);
        LongAdder adder = new LongAdder();
        adder.add(7);
        IntSummaryStatistics statistics = new IntSummaryStatistics();
        statistics.accept(3);
        return Stream.of(
                bits,
                adder,
                statistics,
                new StringBuilder("x"),
                new AtomicInteger(1),
                new AtomicLong(2),
                new AtomicBoolean(true),
                new AtomicIntegerArray(new int[] {1, 2}),
                new AtomicReferenceArray<>(new String[] {"a"}),
                new Date(5),
                Calendar.getInstance(),
                TimeZone.getTimeZone("UTC"),
                new SimpleDateFormat("yyyy", Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("mutable")
    void copiedWhenMutable(Object value) {
        Object fork = forked(value);
        assertThat(fork).isNotSameAs(value).hasSameClassAs(value);
        if (!(value instanceof SimpleDateFormat)) {
            assertThat(fork).hasToString(value.toString());
        }
    }

    @Test
    void randomContinuesWhereTheTemplateStands() {
        Random random = new Random(42);
        random.nextInt();
        Template<Random> template = Template.of("random", random, ForkOptions.defaults());
        int next = random.nextInt();
        assertThat(template.fork().nextInt()).isEqualTo(next);
        assertThat(template.fork().nextInt()).isEqualTo(next);
        assertThat(template.warnings()).extracting(Finding::kind).containsExactly(Finding.Kind.REPEATED_RANDOM);
    }

    @Test
    void randomWithAPendingGaussian() {
        Random random = new Random(42);
        random.nextGaussian();
        Template<Random> template = Template.of("random", random, ForkOptions.defaults());
        double next = random.nextGaussian();
        assertThat(template.fork().nextGaussian()).isEqualTo(next);
    }

    @Test
    void buffersKeepPositionLimitAndOrder() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(1).limit(3);
        ByteBuffer fork = (ByteBuffer) forked(buffer);
        assertThat(fork).isEqualTo(buffer);
        assertThat(fork.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        fork.put((byte) 9);
        assertThat(buffer.get(1)).isEqualTo((byte) 2);
        assertThat(forked(CharBuffer.wrap("abc").asReadOnlyBuffer())).isEqualTo(CharBuffer.wrap("abc"));
    }

    @Test
    void markedReferenceKeepsItsMark() {
        AtomicMarkableReference<int[]> reference = new AtomicMarkableReference<>(new int[] {1}, true);
        AtomicMarkableReference<?> fork = (AtomicMarkableReference<?>) forked(reference);
        assertThat(fork.isMarked()).isTrue();
        assertThat((int[]) fork.getReference()).containsExactly(1).isNotSameAs(reference.getReference());
    }
}
