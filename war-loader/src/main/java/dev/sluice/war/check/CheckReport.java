package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.SourceLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What keeps an application from being safe to fork.
 *
 * @param application the application's name
 * @param contentHash SHA-256 of what was read
 * @param looked what was looked at
 * @param findings the worst first, then by path
 * @param libraries what was found in libraries
 * @param reasons why nothing is shown if nothing was found; empty if everything was seen
 * @param started what running the application showed; empty if it was not run
 * @param cost how long it took
 */
public record CheckReport(
        String application,
        String contentHash,
        Looked looked,
        List<Finding> findings,
        List<LibraryReport> libraries,
        List<String> reasons,
        Optional<StartedRun> started,
        Duration cost) {

    public CheckReport {
        findings = List.copyOf(findings);
        libraries = List.copyOf(libraries);
        reasons = List.copyOf(reasons);
    }

    /** This report with what running the application showed. */
    public CheckReport with(StartedRun run) {
        List<Finding> all = Stream.concat(run.findings().stream(), findings.stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        List<String> open = Stream.concat(reasons.stream(), run.open().stream()).toList();
        return new CheckReport(application, contentHash, looked, all, libraries, open, Optional.of(run), cost);
    }

    /** What it comes to. */
    public Verdict verdict() {
        if (findings.stream().anyMatch(Finding::blocks)) {
            return Verdict.UNSAFE;
        }
        return reasons.isEmpty() ? Verdict.SAFE : Verdict.UNDECIDED;
    }

    /** The findings by cause, what was looked at, and the verdict. */
    public String text() {
        return text(3);
    }

    /**
     * The findings by cause, what was looked at, and the verdict.
     *
     * @param examples how many findings of one cause, or of one library, are written out; the others are counted
     */
    public String text(int examples) {
        StringBuilder text = new StringBuilder();
        causes().values().forEach(cause -> cause(cause, examples, text));
        libraries.stream()
                .filter(library -> !library.findings().isEmpty())
                .sorted(Comparator.comparing(LibraryReport::blockers).reversed().thenComparing(LibraryReport::name))
                .forEach(library -> text.append(library.text(examples)).append('\n'));
        text.append(application).append(": ").append(looked.text()).append('\n');
        started.ifPresent(
                run -> text.append(application).append(": ").append(run.text()).append('\n'));
        if (verdict() != Verdict.UNSAFE) {
            reasons.forEach(reason -> text.append("not seen: ").append(reason).append('\n'));
        }
        return text.append(application).append(": ").append(conclusion()).toString();
    }

    /** Findings that have the same reason and the same remedy, in the order of the first of each. */
    private Map<List<Object>, List<Finding>> causes() {
        Map<List<Object>, List<Finding>> causes = new LinkedHashMap<>();
        findings.forEach(found -> causes.computeIfAbsent(
                        List.of(found.severity(), found.kind(), found.advice()), key -> new ArrayList<>())
                .add(found));
        return causes;
    }

    private static void cause(List<Finding> cause, int examples, StringBuilder text) {
        // A cause with one more than are written out is written out.
        int shown = cause.size() <= examples + 1 ? cause.size() : examples;
        cause.subList(0, shown)
                .forEach(found ->
                        text.append(found.severity()).append(' ').append(found).append('\n'));
        if (shown < cause.size()) {
            text.append("  and ")
                    .append(cause.size() - shown)
                    .append(" more of this cause: ")
                    .append(cause.subList(shown, Math.min(cause.size(), shown + 10)).stream()
                            .map(Finding::path)
                            .collect(Collectors.joining(", ")))
                    .append(cause.size() > shown + 10 ? ", ..." : "")
                    .append('\n');
        }
    }

    private String conclusion() {
        long blockers = findings.stream().filter(Finding::blocks).count();
        String found = Looked.count(findings.size(), "finding", "findings") + ", "
                + Looked.count((int) blockers, "blocker", "blockers");
        return switch (verdict()) {
            case UNSAFE -> "UNSAFE to fork: " + found;
            case SAFE -> "SAFE to fork, as far as class files show it: " + found;
            case UNDECIDED -> "NOT DECIDED: " + found + ", and not everything could be seen";
        };
    }

    /** The report as maps, lists, text and numbers, for a JSON writer. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("application", application);
        values.put("hash", contentHash);
        values.put("verdict", verdict().name());
        values.put("looked", looked.values());
        values.put("reasons", reasons);
        values.put("libraries", libraries.stream().map(CheckReport::values).toList());
        started.ifPresent(run -> values.put("started", run.values()));
        values.put("milliseconds", cost.toMillis());
        values.put("findings", findings.stream().map(CheckReport::values).toList());
        return values;
    }

    private static Map<String, Object> values(LibraryReport library) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", library.name());
        values.put("classes", library.classes());
        values.put("hidden", library.hidden());
        values.put(
                "findings", library.findings().stream().map(CheckReport::values).toList());
        return values;
    }

    private static Map<String, Object> values(Finding finding) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("severity", finding.severity().name());
        values.put("kind", finding.kind().name());
        values.put("path", finding.path());
        values.put("type", finding.type());
        SourceLocation where = finding.location();
        if (where != null) {
            values.put("class", where.className());
            values.put("method", String.valueOf(where.method()));
            values.put("file", String.valueOf(where.file()));
            values.put("line", where.line());
        }
        values.put("problem", finding.problem());
        values.put("advice", finding.advice());
        return values;
    }
}
