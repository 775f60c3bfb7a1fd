package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import dev.sluice.war.Sources;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The findings on a few classes that are compiled in the test. */
final class Checked {
    private static final Scope SCOPE =
            new Scope(List.of(), List.of(), List.of(), 0, Set.of(), ForkedServlets.NONE, type -> false);

    private final List<Finding> findings;
    private final List<String> reasons;

    private Checked(List<Finding> findings, List<String> reasons) {
        this.findings = findings;
        this.reasons = reasons;
    }

    static Checked sources(String... sources) {
        BlindSpots blind = new BlindSpots();
        ClassTable table = new ClassTable();
        new TreeMap<>(Sources.compile(sources)).values().forEach(code -> {
            ClassNode type = new ClassNode();
            new ClassReader(code).accept(type, ClassReader.SKIP_FRAMES);
            table.add(type, Depth.WHOLE, blind);
        });
        Analysis analysis = new Analysis(table, Depth.WHOLE, blind, ForkedServlets.NONE, type -> false);
        return new Checked(analysis.findings(), analysis.reasons(SCOPE, type -> false));
    }

    /** A class {@code shop.App} with this body, from line 2 on. */
    static Checked app(String body) {
        return sources(
                "package shop; import java.util.*; import java.util.concurrent.*; import java.util.concurrent.atomic.*;\npublic class App {\n"
                        + body + "\n}");
    }

    List<Finding> all() {
        return findings;
    }

    /** Why nothing is shown. */
    List<String> reasons() {
        return reasons;
    }

    void none() {
        assertThat(findings).isEmpty();
    }

    Finding only() {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
