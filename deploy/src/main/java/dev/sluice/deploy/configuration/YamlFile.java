package dev.sluice.deploy.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a file into entries with their lines. What stands in it is not yet compared with the known keys. */
final class YamlFile {
    private final Path file;
    private final List<Key<?>> keys;
    private final List<String> problems;
    private final List<Entry> entries = new ArrayList<>();

    private YamlFile(Path file, List<Key<?>> keys, List<String> problems) {
        this.file = file;
        this.keys = keys;
        this.problems = problems;
    }

    /** The entries of a file; what is wrong is added to the problems. */
    static List<Entry> read(Path file, List<Key<?>> keys, List<String> problems) {
        YamlFile reader = new YamlFile(file, keys, problems);
        try (Reader text = Files.newBufferedReader(file)) {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(file.toString()).build();
            Optional<Node> root = new Compose(settings).composeReader(text);
            root.ifPresent(node -> reader.node(node, List.of()));
        } catch (MarkedYamlEngineException e) {
            problems.add(file + ":"
                    + e.getProblemMark()
                            .map(mark -> mark.getLine() + 1 + ":" + (mark.getColumn() + 1))
                            .orElse("?") + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(file + ": not YAML: " + e.getMessage());
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + e + " (expected: a readable UTF-8 file)");
        }
        return reader.entries;
    }

    private void node(Node node, List<String> path) {
        if (node instanceof MappingNode mapping) {
            mapping(mapping, path);
        } else if (node instanceof SequenceNode sequence) {
            sequence(sequence, path);
        } else if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            add(path, scalar.getValue(), line(node));
        } else if (keys.stream().anyMatch(key -> key.matches(path))) {
            problems.add(file + ":" + line(node) + ": " + String.join(".", path)
                    + " has no value (expected: a value, or the line commented out)");
        } else if (!path.isEmpty() && keys.stream().noneMatch(key -> key.startsWith(path))) {
            add(path, "", line(node));
        }
    }

    private void mapping(MappingNode mapping, List<String> path) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode name)) {
                problems.add(file + ":" + line(keyNode) + ": a key that is not text (expected: the name of a key)");
                continue;
            }
            List<String> longer = new ArrayList<>(path);
            longer.add(name.getValue());
            if (!seen.add(name.getValue())) {
                problems.add(file + ":" + line(keyNode) + ": " + String.join(".", longer)
                        + " stands twice (expected: once)");
            } else {
                Optional<List<String>> meant = meant(path, longer, name.getValue(), tuple.getValueNode());
                if (meant.isPresent()) {
                    node(tuple.getValueNode(), meant.get());
                } else {
                    add(longer, "", line(keyNode));
                }
            }
        }
    }

    /** The key or section that a name in a section means; its own dots may stand for sections. */
    private Optional<List<String>> meant(List<String> path, List<String> longer, String name, Node value) {
        if (keys.stream().anyMatch(key -> key.matches(longer))) {
            return Optional.of(List.copyOf(longer));
        }
        List<String> words = new ArrayList<>(path);
        words.addAll(List.of(name.split("\\.", -1)));
        Optional<List<String>> whole = value instanceof MappingNode ? Optional.empty() : KeyPath.of(words, keys);
        return whole.or(() -> Optional.of(List.copyOf(longer))
                        .filter(section -> keys.stream().anyMatch(key -> key.startsWith(section))))
                .or(() -> Optional.of(words).filter(section -> keys.stream().anyMatch(key -> key.startsWith(section))));
    }

    private void sequence(SequenceNode sequence, List<String> path) {
        StringJoiner items = new StringJoiner(",");
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(scalar.getValue());
            } else {
                problems.add(file + ":" + line(item) + ": " + String.join(".", path)
                        + " has an item that is not plain text (expected: a list such as [a, b])");
            }
        }
        add(path, items.toString(), line(sequence));
    }

    private void add(List<String> path, String text, int line) {
        if (entries.stream().anyMatch(entry -> entry.path().equals(path))) {
            problems.add(file + ":" + line + ": " + String.join(".", path) + " stands twice (expected: once)");
            return;
        }
        entries.add(new Entry(path, text, new Origin.File(file, line)));
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
