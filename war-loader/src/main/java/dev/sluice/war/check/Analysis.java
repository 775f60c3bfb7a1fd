package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.ClassTable.ClassFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The findings on the classes of a table, and what could not be seen. For one thread. */
final class Analysis {
    private final ClassTable table;
    private final BlindSpots blind;
    private final Singletons singletons;
    private final List<Finding> findings = new ArrayList<>();

    Analysis(ClassTable table, Depth depth, BlindSpots blind, ForkedServlets forked, Predicate<String> shared) {
        this.table = table;
        this.blind = blind;
        this.singletons = new Singletons(table, forked);
        Sharing sharing = new Sharing(table, singletons, shared);
        Summaries summaries = new Summaries(table, depth, sharing, blind);
        Phases phases = new Phases(table, summaries, sharing);
        Natures natures = new Natures(table, summaries, phases, sharing);
        Evidence evidence = new Evidence(table, summaries, phases, natures, sharing);
        StaticFields fields = new StaticFields(evidence);
        for (ClassFacts type : table.classes()) {
            fields.check(type, findings);
            singletons.check(type, evidence, findings);
        }
        CapturedVariables captured = new CapturedVariables(evidence, singletons);
        table.methods().forEach(method -> captured.check(method, findings));
        new Surroundings(evidence).check(findings);
        findings.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::path));
    }

    /** The worst first, then by path; each once. */
    List<Finding> findings() {
        return findings.stream().distinct().toList();
    }

    /** How many classes the container calls. */
    int entries() {
        return (int) table.classes().stream().filter(singletons::entry).count();
    }

    /**
     * Why nothing is shown even if nothing was found; empty if all was seen.
     *
     * @param known whether a class, by its internal name, was read elsewhere
     */
    List<String> reasons(Scope scope, Predicate<String> known) {
        List<String> reasons = new ArrayList<>();
        if (table.classes().isEmpty()) {
            reasons.add("the application has no classes of its own"
                    + (scope.unread().isEmpty() ? "" : "; its code is in its libraries (--libraries reads them)"));
        }
        List<String> absent = scope.declared().stream()
                .map(name -> name.replace('.', '/'))
                .filter(name -> !table.contains(name) && !Knowledge.library(name))
                .map(name -> name.replace('/', '.') + (known.test(name) ? " (in a library)" : ""))
                .sorted()
                .toList();
        if (!absent.isEmpty()) {
            reasons.add("the container calls " + Looked.count(absent.size(), "class that is", "classes that are")
                    + " not the application's own: " + some(absent));
        }
        if (entries() == 0 && !table.classes().isEmpty()) {
            reasons.add("none of the application's classes is a servlet, filter, listener, handler or bean:"
                    + " what requests run is not known");
        }
        unread(reasons, known);
        if (scope.pages() > 0) {
            reasons.add(Looked.count(scope.pages(), "page is", "pages are")
                    + " compiled when first asked for, and may change what they get");
        }
        reasons.addAll(blind.reasons());
        long out = findings.stream()
                .filter(found -> found.severity() == Finding.Severity.WARNING
                        && found.problem().contains("handed out"))
                .count();
        if (out > 0) {
            reasons.add(Looked.count((int) out, "mutable value is", "mutable values are")
                    + " handed out to code that was not seen (the warnings)");
        }
        return reasons;
    }

    private void unread(List<String> reasons, Predicate<String> known) {
        Map<String, SourceLocation> unread = new TreeMap<>(blind.unread());
        for (ClassFacts type : table.classes()) {
            String outside = table.outside(type.name());
            if (outside != null && !Knowledge.library(outside) && !Knowledge.silent(outside)) {
                unread.putIfAbsent(
                        outside.replace('/', '.'),
                        new SourceLocation(type.name().replace('/', '.'), null, null, 0));
            }
        }
        unread.keySet().removeIf(name -> known.test(name.replace('.', '/')));
        if (!unread.isEmpty()) {
            Map.Entry<String, SourceLocation> first =
                    unread.entrySet().iterator().next();
            reasons.add("the code uses " + Looked.count(unread.size(), "class that was", "classes that were")
                    + " not read: " + some(List.copyOf(unread.keySet())) + " (the first in " + first.getValue() + ")");
        }
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(3, names.size()))) + (names.size() > 3 ? ", ..." : "");
    }
}
