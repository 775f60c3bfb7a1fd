package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.SourceLocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What keeps an application from being safe to fork.
 *
 * @param application the application's name
 * @param contentHash SHA-256 of what was read
 * @param classes how many class files were read
 * @param findings the worst first, then by path
 * @param cost how long it took
 */
public record CheckReport(String application, String contentHash, int classes, List<Finding> findings, Duration cost) {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found that two requests could change together. */
    public boolean clean() {
        return findings.stream().noneMatch(Finding::blocks);
    }

    /** One line for each finding, and a summary. */
    public String text() {
        String lines = findings.stream()
                .map(found -> found.severity() + " " + found + "\n")
                .collect(Collectors.joining());
        long blockers = findings.stream().filter(Finding::blocks).count();
        return lines + application + ": " + classes + " classes, " + findings.size() + " findings, " + blockers
                + (blockers == 0 ? " of them blockers: safe to fork" : " of them blockers: not safe to fork");
    }

    /** The report as maps, lists, text and numbers, for a JSON writer. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("application", application);
        values.put("hash", contentHash);
        values.put("classes", classes);
        values.put("clean", clean());
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
