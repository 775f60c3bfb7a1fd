package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

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

    private final Map<String, ClassNode> classes;
    private final Uses uses;
    private final ForkedServlets forked;

    Singletons(Map<String, ClassNode> classes, Uses uses, ForkedServlets forked) {
        this.classes = classes;
        this.uses = uses;
        this.forked = forked;
    }

    /** Whether one instance of the class serves all requests. */
    boolean is(ClassNode type) {
        return what(type) != null;
    }

    void check(ClassNode type, List<Finding> findings) {
        String what = what(type);
        if (what == null || forked.contains(type)) {
            return;
        }
        for (FieldNode field : type.fields) {
            boolean instance = (field.access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == 0;
            Optional<Use> change = uses.judged(Target.field(type.name, field.name)).stream()
                    .filter(Use::late)
                    .filter(use -> use.kind() == Use.Kind.ASSIGN || use.kind() == Use.Kind.CHANGE)
                    .findFirst();
            if (instance && change.isPresent()) {
                boolean assigned = change.get().kind() == Use.Kind.ASSIGN;
                findings.add(new Finding(
                        Severity.BLOCKER,
                        Kind.SINGLETON,
                        type.name.replace('/', '.') + "." + field.name,
                        Type.getType(field.desc).getClassName(),
                        change.get().where(),
                        "a field of " + what + ", of which one instance serves all requests, "
                                + (assigned ? "is assigned" : "holds a value that is changed") + " after start",
                        advice(what)));
            }
        }
    }

    private static String advice(String what) {
        return what.equals("a servlet")
                ? "use a local variable or a request attribute, or let the servlet be forked for each request (@ForkedPerRequest)"
                : "use a local variable, or move it into the template, so that each request has its own";
    }

    private @Nullable String what(ClassNode type) {
        if ((type.access & Opcodes.ACC_ENUM) != 0) {
            return "an enum";
        }
        if (type.visibleAnnotations != null) {
            for (AnnotationNode annotation : type.visibleAnnotations) {
                String name =
                        annotation.desc.substring(annotation.desc.lastIndexOf('/') + 1, annotation.desc.length() - 1);
                if (BEANS.contains(name)) {
                    return "a bean";
                }
            }
        }
        for (ClassNode at = type; at != null; at = at.superName == null ? null : classes.get(at.superName)) {
            if (TYPES.contains(String.valueOf(at.superName))
                    || at.interfaces.stream().anyMatch(TYPES::contains)) {
                return describe(at);
            }
        }
        return null;
    }

    private static String describe(ClassNode type) {
        String all = type.superName + " " + type.interfaces;
        if (all.contains("Servlet") && !all.contains("Listener")) {
            return "a servlet";
        }
        return all.contains("Filter") ? "a filter" : all.contains("Listener") ? "a listener" : "a handler";
    }
}
