package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import dev.sluice.war.Sources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The findings on a few classes that are compiled in the test. */
final class Checked {
    private final List<Finding> findings;

    private Checked(List<Finding> findings) {
        this.findings = findings;
    }

    static Checked sources(String... sources) {
        Map<String, ClassNode> classes = new HashMap<>();
        Sources.compile(sources).values().forEach(code -> {
            ClassNode type = new ClassNode();
            new ClassReader(code).accept(type, ClassReader.SKIP_FRAMES);
            classes.put(type.name, type);
        });
        return new Checked(ApplicationCheck.of(classes, ForkedServlets.NONE));
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

    void none() {
        assertThat(findings).isEmpty();
    }

    Finding only() {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
