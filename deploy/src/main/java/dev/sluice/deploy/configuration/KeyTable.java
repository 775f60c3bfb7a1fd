package dev.sluice.deploy.configuration;

import java.util.ArrayList;
import java.util.List;

/** The table of keys as people read it: the commented file of {@code sluice init}, and the documentation. */
public final class KeyTable {
    private static final int WIDTH = 100;

    private KeyTable() {}

    /** A {@code sluice.yaml} with every key, its description and its default, all of it commented out. */
    public static String yaml() {
        StringBuilder out = new StringBuilder();
        out.append("# Sluice. Every key is optional. What is commented out shows the default.\n");
        out.append(
                "# The command line counts before the environment (SLUICE_PORT, SLUICE_LIMITS_HEAD ...), that before this file.\n");
        List<String> section = List.of();
        for (Key<?> key : Keys.all()) {
            List<String> segments = key.segments();
            List<String> own = segments.subList(0, segments.size() - 1);
            if (!own.equals(section)) {
                open(out, section, own);
                section = own;
            }
            String indent = "  ".repeat(own.size());
            out.append('\n');
            wrap(key.description() + " (" + key.type().name() + ")")
                    .forEach(
                            line -> out.append(indent).append("# ").append(line).append('\n'));
            String name = segments.get(segments.size() - 1);
            out.append(indent)
                    .append('#')
                    .append(name.equals("*") ? "NAME" : name)
                    .append(": ");
            out.append(scalar(key)).append('\n');
        }
        return out.toString();
    }

    private static void open(StringBuilder out, List<String> before, List<String> section) {
        int common = 0;
        while (common < before.size()
                && common < section.size()
                && before.get(common).equals(section.get(common))) {
            common++;
        }
        for (int i = common; i < section.size(); i++) {
            String name = section.get(i);
            boolean chosen = section.subList(0, i + 1).contains("*");
            out.append(i == 0 ? "\n" : "").append("  ".repeat(i));
            out.append(chosen ? "#" : "")
                    .append(name.equals("*") ? "NAME" : name)
                    .append(":\n");
        }
    }

    /** The default as a YAML scalar or sequence. */
    private static String scalar(Key<?> key) {
        String text = key.defaultText();
        if (key.absent() instanceof List<?>) {
            return "[" + text + "]";
        }
        return text.isEmpty() || text.matches(".*[#:{}\\[\\],&*!|>'\"%@`].*") || text.equals("-")
                ? "'" + text.replace("'", "''") + "'"
                : text;
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().strip());
        return lines;
    }

    /** The table of the documentation, in Markdown. */
    public static String markdown() {
        StringBuilder out = new StringBuilder("| key | type | default | what it does |\n| --- | --- | --- | --- |\n");
        for (Key<?> key : Keys.all()) {
            String value = key.defaultText();
            out.append("| `").append(key.name().replace("*", "NAME")).append("` | ");
            out.append(cell(key.type().name())).append(" | ");
            out.append(value.isEmpty() ? "" : "`" + cell(value) + "`").append(" | ");
            out.append(cell(key.description())).append(" |\n");
        }
        return out.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
