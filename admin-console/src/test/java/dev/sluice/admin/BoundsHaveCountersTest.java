package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.InMemory;
import dev.sluice.deploy.configuration.Key;
import dev.sluice.deploy.configuration.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each key that bounds something stands in the table of docs/operations.md with a counter, and the counter is in the metrics. */
class BoundsHaveCountersTest {
    private static final Path DOCUMENT = Path.of("../docs/operations.md");
    private static final Pattern BOUNDS = Pattern.compile(
            "(limits|requests)\\..*|sessions\\.max|login\\.(failures-.*|waiting|waiting-bytes|saved-body)|access-log\\.queue");
    private static final Pattern ROW = Pattern.compile("\\| ([^|]*) \\| [^|]* \\| `(\\w+)` \\|");
    private static final Pattern KEY = Pattern.compile("`([a-z.-]+)`");

    private static List<Matcher> rows() throws Exception {
        String document = Files.readString(DOCUMENT);
        String table = document.substring(document.indexOf("| bound | what happens | counter |"));
        return table.lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> {
                    Matcher row = ROW.matcher(line);
                    assertThat(row.matches()).as(line).isTrue();
                    return row;
                })
                .toList();
    }

    @Test
    void everyBoundIsInTheTable() throws Exception {
        Set<String> named = new TreeSet<>();
        for (Matcher row : rows()) {
            KEY.matcher(row.group(1)).results().forEach(key -> named.add(key.group(1)));
        }
        Set<String> all = Keys.all().stream().map(Key::name).collect(Collectors.toSet());
        assertThat(all).as("keys").containsAll(named);
        assertThat(named)
                .containsAll(all.stream()
                        .filter(key -> BOUNDS.matcher(key).matches())
                        .toList());
    }

    @Test
    void everyCounterIsInTheMetrics() throws Exception {
        Console console = new Console(new FakeServer());
        console.observer()
                .completed(FakeServer.request("shop", "GET", "/shop/1", 200, TimeUnit.MILLISECONDS.toNanos(7)));
        try (InMemory application = InMemory.start(console)) {
            String metrics = application.get("/metrics").text();
            for (Matcher row : rows()) {
                assertThat(metrics).containsPattern("(?m)^" + row.group(2) + "[ {]");
            }
        }
    }
}
