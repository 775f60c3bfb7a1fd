package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What was found in one library. Whether requests reach it is not known, so it decides nothing.
 *
 * @param name its file name
 * @param classes how many classes it has
 * @param findings blockers and warnings, the worst first
 * @param hidden whether it does what cannot be seen, such as reflection
 */
public record LibraryReport(String name, int classes, List<Finding> findings, boolean hidden) {
    public LibraryReport {
        findings = List.copyOf(findings);
    }

    /** How many of the findings block. */
    public int blockers() {
        return (int) findings.stream().filter(Finding::blocks).count();
    }

    /** Why libraries keep the verdict open. */
    static Optional<String> reason(List<LibraryReport> libraries) {
        List<LibraryReport> changing =
                libraries.stream().filter(library -> library.blockers() > 0).toList();
        long hidden = libraries.stream().filter(LibraryReport::hidden).count();
        if (changing.isEmpty() && hidden == 0) {
            return Optional.empty();
        }
        return Optional.of(Looked.count(changing.size(), "library changes", "libraries change")
                + " static state after start, and " + Looked.count((int) hidden, "uses", "use")
                + " reflection or the like; whether requests reach that is not known");
    }

    /** One line: how much, and the first places. */
    String text(int examples) {
        StringBuilder text = new StringBuilder("LIBRARY ")
                .append(name)
                .append(": ")
                .append(Looked.count(blockers(), "blocker", "blockers"))
                .append(", ")
                .append(Looked.count(findings.size() - blockers(), "warning", "warnings"));
        findings.stream().limit(examples).forEach(found -> text.append("\n  ")
                .append(found.severity())
                .append(' ')
                .append(found.path())
                .append(found.where().map(where -> " [" + where + "]").orElse("")));
        return text.toString();
    }
}
