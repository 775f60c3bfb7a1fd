package dev.sluice.deploy.configuration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a value is written: read from text and written back. {@code parse(render(value))} gives the value again.
 *
 * @param name what the documentation calls it
 * @param expected what a wrong value should have been, for messages
 * @param parser reads it; throws {@link IllegalArgumentException} for what it does not understand
 * @param renderer writes it
 * @param <T> the type in Java
 */
public record ValueType<T>(String name, String expected, Function<String, T> parser, Function<T, String> renderer) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(|B|KiB|MiB|GiB)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d)");

    /** Any text. */
    public static final ValueType<String> TEXT = new ValueType<>("text", "text", text -> text, text -> text);

    /** Text that is not shown. */
    public static final ValueType<String> SECRET = new ValueType<>("secret", "text", text -> text, text -> text);

    /** Yes or no. */
    public static final ValueType<Boolean> SWITCH =
            new ValueType<>("true or false", "true or false", ValueType::toBoolean, String::valueOf);

    /** Bytes, as a number with an optional unit. */
    public static final ValueType<Long> SIZE_IN_BYTES = new ValueType<>(
            "size", "a size such as 512, 16KiB, 2MiB or 1GiB", ValueType::toBytes, ValueType::fromBytes);

    /** Bytes, or -1 for no limit. */
    public static final ValueType<Long> SIZE_OR_UNLIMITED = new ValueType<>(
            "size or unlimited",
            "a size such as 512, 16KiB, 2MiB or 1GiB, or unlimited",
            text -> text.equals("unlimited") ? -1L : toBytes(text),
            bytes -> bytes < 0 ? "unlimited" : fromBytes(bytes));

    /** A length of time. */
    public static final ValueType<Duration> TIME = new ValueType<>(
            "duration", "a duration such as 250ms, 30s, 5m or 1h", ValueType::toDuration, ValueType::fromDuration);

    /** A length of time, or zero for never. */
    public static final ValueType<Duration> TIME_OR_OFF = new ValueType<>(
            "duration or off",
            "a duration such as 250ms, 30s, 5m or 1h, or off",
            text -> text.equals("off") ? Duration.ZERO : toDuration(text),
            time -> time.isZero() ? "off" : fromDuration(time));

    /** Several texts, in YAML as a sequence, elsewhere separated by commas. */
    public static final ValueType<List<String>> LIST = new ValueType<>(
            "list",
            "a list such as [a, b]",
            text -> Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList(),
            items -> String.join(", ", items));

    /** A whole number within limits. */
    public static ValueType<Integer> number(int least, int most) {
        String range = most == Integer.MAX_VALUE
                ? "a whole number, at least " + least
                : "a whole number from " + least + " to " + most;
        return new ValueType<>("number", range, text -> inRange(Integer.parseInt(text), least, most), String::valueOf);
    }

    /** One of the constants of an enum, in lower case with hyphens. */
    public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        String names =
                Arrays.stream(type.getEnumConstants()).map(ValueType::word).collect(Collectors.joining(", "));
        return new ValueType<>(
                names,
                "one of " + names,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(text)),
                ValueType::word);
    }

    /** One of these texts. */
    public static ValueType<String> choice(String... choices) {
        String names = String.join(", ", choices);
        return new ValueType<>(
                names,
                "one of " + names,
                text -> {
                    if (!List.of(choices).contains(text)) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                },
                text -> text);
    }

    /** Reads a value. */
    public T parse(String text) {
        return parser.apply(text);
    }

    /** Writes a value. */
    public String render(T value) {
        return renderer.apply(value);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int inRange(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }

    private static boolean toBoolean(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static long toBytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int shift =
                switch (matcher.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> 0;
                };
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException(text);
        }
        return number << shift;
    }

    private static String fromBytes(long bytes) {
        String[] units = {"", "KiB", "MiB", "GiB"};
        int unit = 0;
        long rest = bytes;
        while (unit < units.length - 1 && rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return rest + units[unit];
    }

    private static Duration toDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long nanosPerUnit =
                switch (matcher.group(2)) {
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 86_400_000_000_000L;
                };
        try {
            return Duration.ofNanos(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(nanosPerUnit))
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String fromDuration(Duration time) {
        long millis = time.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
