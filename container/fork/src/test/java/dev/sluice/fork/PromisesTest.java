package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.ForkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/forks.md that says what happens to what: each row is proved by forking objects of that row. */
class PromisesTest {
    private static final Path PAGE = Path.of("../../docs/forks.md");
    private static final String BEGIN = "| object | in a fork | |";

    private static List<String[]> table() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int begin = lines.indexOf(BEGIN);
        assertThat(begin).as(PAGE + " has no table that begins with: " + BEGIN).isNotNegative();
        return lines.subList(begin + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(1).split("\\|"))
                .toList();
    }

    private static String cell(String[] row, int index) {
        return row[index].strip();
    }

    @Test
    void everyRowHasObjectsAndEveryObjectARow() throws Exception {
        Map<String, String> promised = new LinkedHashMap<>();
        for (String[] row : table()) {
            promised.put(cell(row, 0), cell(row, 1));
        }
        Map<String, String> proved = new LinkedHashMap<>();
        new PromisedObjects().rows().forEach((text, row) -> proved.put(text, row.treatment()));
        assertThat(proved).containsExactlyInAnyOrderEntriesOf(promised);
    }

    static Stream<Arguments> objects() throws Exception {
        Map<String, PromisedObjects.Row> rows = new PromisedObjects().rows();
        List<Arguments> all = new ArrayList<>();
        for (String[] line : table()) {
            PromisedObjects.Row row = rows.get(cell(line, 0));
            if (row != null) {
                row.shared().forEach(object -> all.add(Arguments.of(cell(line, 0), "shared", object)));
                row.rebuilt().forEach(object -> all.add(Arguments.of(cell(line, 0), "rebuilt", object)));
                row.refused().forEach(object -> all.add(Arguments.of(cell(line, 0), "refused", object)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: {1}", autoCloseArguments = false)
    @MethodSource("objects")
    void areForkedAsPromised(String row, String treatment, Object object) {
        String type = object.getClass().getName();
        ForkOptions options = ForkOptions.defaults().sharing(PromisedObjects.Configured.class.getName());
        List<Object> root = new ArrayList<>();
        root.add(object);
        if (treatment.equals("refused")) {
            assertThatThrownBy(() -> Template.of("state", root, options))
                    .as(type)
                    .isInstanceOf(ForkException.class)
                    .hasMessageContaining("state[0]");
            return;
        }
        Object fork = Template.of("state", root, options).fork().get(0);
        if (treatment.equals("shared")) {
            assertThat(fork).as(type).isSameAs(object);
        } else {
            assertThat(fork).as(type).isNotSameAs(object);
            assertThat(fork.getClass().isHidden() ? type : fork.getClass().getName())
                    .isEqualTo(type);
        }
    }
}
