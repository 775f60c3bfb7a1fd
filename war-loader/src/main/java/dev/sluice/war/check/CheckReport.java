package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.SourceLocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps an application from being safe to fork.
 *
 * @param application the application's name
 * @param contentHash SHA-256 of what was read
 * @param looked what was looked at
 * @param findings the worst first, then by path
 * @param reasons why nothing is shown if nothing was found; empty if everything was seen
 * @param cost how long it took
 */
public record CheckReport(
        String application,
        String contentHash,
        Looked looked,
        List<Finding> findings,
        List<String> reasons,
        Duration cost) {

    public CheckReport {
        findings = List.copyOf(findings);
        reasons = List.copyOf(reasons);
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
        StringBuilder text = new StringBuilder();
        for (Finding found : findings) {
            text.append(found.severity()).append(' ').append(found).append('\n');
        }
        text.append(application).append(": ").append(looked.text()).append('\n');
        if (verdict() != Verdict.UNSAFE) {
            reasons.forEach(reason -> text.append("not seen: ").append(reason).append('\n'));
        }
        return text.append(application).append(": ").append(conclusion()).toString();
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
        values.put("milliseconds", cost.toMillis());
        values.put("findings", findings.stream().map(CheckReport::values).toList());
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
