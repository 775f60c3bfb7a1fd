package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What running an application showed: each request was made with nobody else there, and what everybody sees was compared before and
 * after it.
 *
 * @param templates the templates that it published, with what a fork of each copies
 * @param called how many routes were called
 * @param uncalled the routes that were not, each with the reason
 * @param leaks what requests left for others
 * @param failure why there is no result; empty if there is one
 */
public record StartedRun(List<String> templates, int called, List<String> uncalled, List<Leak> leaks, String failure) {
    private static final String SEPARATOR = "\t";

    /**
     * Something that was different after a request.
     *
     * @param path the way to it, from a template, a static field, the application or a handler
     * @param route the route that was called
     * @param firstOnly whether only the first call changed it, as something does that is set when it is first needed
     */
    public record Leak(String path, String route, String before, String after, boolean firstOnly) {}

    public StartedRun {
        templates = List.copyOf(templates);
        uncalled = List.copyOf(uncalled);
        leaks = List.copyOf(leaks);
    }

    /** A run that came to its end. */
    public StartedRun(List<String> templates, int called, List<String> uncalled, List<Leak> leaks) {
        this(templates, called, uncalled, leaks, "");
    }

    /** A run that did not. */
    public static StartedRun failed(String why) {
        return new StartedRun(List.of(), 0, List.of(), List.of(), why);
    }

    /** The line of a run that failed. */
    public static String failure(String why) {
        return "failure" + SEPARATOR + clean(why);
    }

    /** The run as lines of text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!failure.isEmpty()) {
            lines.add(failure(failure));
        }
        lines.add("called" + SEPARATOR + called);
        templates.forEach(template -> lines.add("template" + SEPARATOR + clean(template)));
        uncalled.forEach(route -> lines.add("uncalled" + SEPARATOR + clean(route)));
        leaks.forEach(leak -> lines.add(String.join(
                SEPARATOR,
                "leak",
                clean(leak.path()),
                clean(leak.route()),
                clean(leak.before()),
                clean(leak.after()),
                String.valueOf(leak.firstOnly()))));
        return lines;
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** The run that was written as lines. */
    public static StartedRun parse(List<String> lines) {
        List<String> templates = new ArrayList<>();
        List<String> uncalled = new ArrayList<>();
        List<Leak> leaks = new ArrayList<>();
        String failure = "";
        int called = 0;
        for (String line : lines) {
            String[] parts = line.split(SEPARATOR, -1);
            switch (parts[0]) {
                case "failure" -> failure = parts[1];
                case "called" -> called = Integer.parseInt(parts[1]);
                case "template" -> templates.add(parts[1]);
                case "uncalled" -> uncalled.add(parts[1]);
                case "leak" ->
                    leaks.add(new Leak(parts[1], parts[2], parts[3], parts[4], Boolean.parseBoolean(parts[5])));
                default ->
                    throw new IllegalArgumentException("line: " + line + " (expected: the result of a scratch JVM)");
            }
        }
        return new StartedRun(templates, called, uncalled, leaks, failure);
    }

    /** What was found, as findings: what calls change again and again blocks, what only the first one sets is a warning. */
    List<Finding> findings() {
        return leaks.stream()
                .map(leak -> new Finding(
                        leak.firstOnly() ? Severity.WARNING : Severity.BLOCKER,
                        Kind.LEAKED,
                        leak.path(),
                        "seen at run time",
                        null,
                        leak.route() + " left it changed for all others: " + leak.before() + " before, " + leak.after()
                                + " after",
                        leak.firstOnly()
                                ? "set it at start, so that no two requests do it at once"
                                : "fork it for each request, or annotate it with @Shared if it is shared on purpose"))
                .toList();
    }

    /** Why it shows nothing; empty if it does, or if there was nothing to fork: then the class files decide alone. */
    Optional<String> open() {
        return failure.isEmpty() ? Optional.empty() : Optional.of("running it: " + failure);
    }

    /** One line for people. */
    String text() {
        return failure.isEmpty()
                ? "started in a JVM of its own: " + Looked.count(templates.size(), "template", "templates")
                        + (templates.isEmpty() ? ", so that nothing was forked" : " " + templates) + ", "
                        + Looked.count(called, "route", "routes") + " called, " + uncalled.size() + " not"
                        + (uncalled.isEmpty() ? "" : " " + uncalled) + ", "
                        + Looked.count(leaks.size(), "leak", "leaks")
                : "could not be started in a JVM of its own: " + failure;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("templates", templates);
        values.put("called", called);
        values.put("uncalled", uncalled);
        values.put("leaks", leaks.size());
        values.put("failure", failure);
        return values;
    }
}
