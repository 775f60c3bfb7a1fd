package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.war.check.ClassTable.ClassFacts;
import dev.sluice.war.check.ClassTable.FieldFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** Findings on classes of which one instance serves all requests: servlets, filters, listeners, handlers, beans, enum constants. */
final class Singletons {
    private static final Set<String> TYPES = Set.of(
            "jakarta/servlet/Servlet",
            "jakarta/servlet/GenericServlet",
            "jakarta/servlet/http/HttpServlet",
            "jakarta/servlet/Filter",
            "jakarta/servlet/http/HttpFilter",
            "jakarta/servlet/ServletContextListener",
            "jakarta/servlet/ServletRequestListener",
            "jakarta/servlet/http/HttpSessionListener",
            "dev/sluice/api/HandlerApplication",
            "dev/sluice/api/Handler",
            "dev/sluice/api/NonBlockingHandler",
            "dev/sluice/api/Middleware");
    private static final Set<String> BEANS = Set.of(
            "Component",
            "Service",
            "Repository",
            "Controller",
            "RestController",
            "Configuration",
            "ApplicationScoped",
            "Singleton",
            "Named");

    private final ClassTable table;
    private final ForkedServlets forked;

    Singletons(ClassTable table, ForkedServlets forked) {
        this.table = table;
        this.forked = forked;
    }

    /** Whether a class says itself that the container, or a framework, has one instance of it. */
    static boolean known(ClassNode type) {
        return TYPES.contains(String.valueOf(type.superName))
                || type.interfaces.stream().anyMatch(TYPES::contains)
                || (type.access & Opcodes.ACC_ENUM) != 0
                || type.visibleAnnotations != null
                        && type.visibleAnnotations.stream().anyMatch(annotation -> bean(annotation.desc));
    }

    private static boolean bean(String annotation) {
        return BEANS.contains(annotation.substring(annotation.lastIndexOf('/') + 1, annotation.length() - 1));
    }

    /** Whether one instance of the class serves all requests. */
    boolean is(ClassFacts type) {
        return what(type) != null && !forked.contains(type);
    }

    /** Whether the container calls objects of the class in requests, forked or not. */
    boolean entry(ClassFacts type) {
        return what(type) != null && !type.isEnum();
    }

    /** Findings on the fields of a class, by what its methods do in requests. */
    void check(ClassFacts type, Evidence evidence, List<Finding> findings) {
        String what = what(type);
        if (what == null || forked.contains(type)) {
            return;
        }
        Map<String, List<Seen>> fields = new LinkedHashMap<>();
        for (MethodFacts method : table.methodsOf(type.name())) {
            if (!method.isStatic()
                    && !method.isConstructor()
                    && evidence.phases().late(method)) {
                evidence.summaries().of(method).effects.forEach((effect, where) -> {
                    boolean own = effect.root().kind() == Root.Kind.PARAMETER
                            && effect.root().index() == 0;
                    String field = effect.shown();
                    if (own && field != null) {
                        fields.computeIfAbsent(field, key -> new ArrayList<>()).add(new Seen(effect, where));
                    }
                });
            }
        }
        fields.forEach((name, seen) -> {
            FieldFacts field = table.field(name);
            if (field != null && !field.isStatic()) {
                Finding found = Judgement.of(
                        field,
                        seen,
                        "a field of " + what + ", of which one instance serves all requests,",
                        Kind.SINGLETON,
                        advice(what),
                        evidence);
                if (found != null) {
                    findings.add(found);
                }
            }
        });
    }

    private static String advice(String what) {
        return what.equals("a servlet")
                ? "use a local variable or a request attribute, or let the servlet be forked for each request (@ForkedPerRequest)"
                : "use a local variable, or move it into the template, so that each request has its own";
    }

    private @Nullable String what(ClassFacts type) {
        if (type.isEnum()) {
            return "an enum";
        }
        for (String annotation : type.annotations()) {
            if (bean(annotation)) {
                return "a bean";
            }
        }
        for (ClassFacts at = type; at != null; at = at.parent() == null ? null : table.find(at.parent())) {
            if (TYPES.contains(String.valueOf(at.parent()))
                    || at.interfaces().stream().anyMatch(this::container)) {
                return describe(at);
            }
        }
        return null;
    }

    private boolean container(String name) {
        ClassFacts type = table.find(name);
        return TYPES.contains(name)
                || type != null && type.interfaces().stream().anyMatch(this::container);
    }

    private static String describe(ClassFacts type) {
        String all = type.parent() + " " + type.interfaces();
        if (all.contains("Servlet") && !all.contains("Listener")) {
            return "a servlet";
        }
        return all.contains("Filter") ? "a filter" : all.contains("Listener") ? "a listener" : "a handler";
    }
}
