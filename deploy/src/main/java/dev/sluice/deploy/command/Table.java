package dev.sluice.deploy.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text in columns, each row on one line. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        row((Object[]) headings);
    }

    Table row(@Nullable Object... cells) {
        List<String> row = new ArrayList<>();
        for (@Nullable Object cell : cells) {
            row.add(String.valueOf(cell).strip().replaceAll("\\s*\\R\\s*", "; "));
        }
        rows.add(row);
        return this;
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(width(column) - row.get(column).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
