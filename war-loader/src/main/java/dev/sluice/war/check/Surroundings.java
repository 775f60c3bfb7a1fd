package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.MethodFacts.Invocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings on what requests change around the application: the JVM's settings, the servlet context's attributes. */
final class Surroundings {
    private final Evidence evidence;

    Surroundings(Evidence evidence) {
        this.evidence = evidence;
    }

    void check(List<Finding> findings) {
        Map<String, SourceLocation> calls = new LinkedHashMap<>();
        for (MethodFacts method : evidence.table().methods()) {
            if (evidence.phases().late(method)) {
                for (Invocation call : method.calls) {
                    if (Knowledge.changesAll(call.owner(), call.name())) {
                        calls.putIfAbsent(
                                call.owner().replace('/', '.') + "." + call.name(),
                                Summaries.location(method, call.line()));
                    }
                }
                attributes(method, findings);
            }
        }
        calls.forEach((call, where) -> findings.add(new Finding(
                Severity.BLOCKER,
                Kind.STATIC_VALUE,
                call,
                call.substring(0, call.lastIndexOf('.')),
                where,
                call.startsWith("jakarta.")
                        ? "a request changes an attribute of the servlet context, which all requests share"
                        : "a request changes a setting of the whole JVM, which all applications share",
                call.startsWith("jakarta.")
                        ? "use a request attribute, or set it once at start"
                        : "pass the value to those who need it")));
    }

    private void attributes(MethodFacts method, List<Finding> findings) {
        evidence.summaries().of(method).effects.forEach((effect, where) -> {
            if (effect.root().kind() == Root.Kind.CONTEXT && effect.change().leaks()) {
                findings.add(new Finding(
                        Severity.BLOCKER,
                        Kind.STATIC_VALUE,
                        "jakarta.servlet.ServletContext.getAttribute",
                        "java.lang.Object",
                        where,
                        "a request changes what an attribute of the servlet context holds, which all requests share",
                        "publish it as a template, so that each request has its own, or make it immutable"));
            }
        });
    }
}
