package dev.sluice.war.check;

import dev.sluice.war.check.ClassTable.ClassFacts;
import dev.sluice.war.check.MethodFacts.Escape;
import dev.sluice.war.check.MethodFacts.KeptLambda;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * Which methods can run in a request. A method runs in one if the container can call it then, or nobody is seen to call it, or one that
 * runs in a request calls it; what is only called by initialisers, constructors and callbacks of start and end does not.
 */
final class Phases {
    private static final Set<String> START_OR_END = Set.of(
            "init",
            "contextInitialized",
            "onStartup",
            "start",
            "main",
            "afterPropertiesSet",
            "configure",
            "destroy",
            "contextDestroyed",
            "stop");
    private static final Set<String> REQUEST = Set.of(
            "service",
            "doGet",
            "doPost",
            "doPut",
            "doDelete",
            "doHead",
            "doPatch",
            "doFilter",
            "handle",
            "requestInitialized",
            "requestDestroyed");

    private final ClassTable table;
    private final Summaries summaries;
    private final Sharing sharing;
    private final Set<MethodFacts> late = new HashSet<>();

    Phases(ClassTable table, Summaries summaries, Sharing sharing) {
        this.table = table;
        this.summaries = summaries;
        this.sharing = sharing;
        Set<MethodFacts> roots = new HashSet<>();
        Set<MethodFacts> early = new HashSet<>();
        for (MethodFacts method : table.methods()) {
            if (root(method)) {
                roots.add(method);
            } else if (early(method)) {
                early.add(method);
            }
            for (KeptLambda lambda : method.lambdas) {
                if (!kept(method, lambda).isEmpty()) {
                    MethodFacts body = table.resolve(
                            lambda.body().getOwner(),
                            lambda.body().getName() + lambda.body().getDesc());
                    if (body != null) {
                        roots.add(body);
                    }
                }
            }
        }
        reach(roots, late);
        Set<MethodFacts> reached = new HashSet<>(late);
        reach(early, reached);
        Set<MethodFacts> others = new HashSet<>(table.methods());
        others.removeAll(reached);
        reach(others, late);
    }

    /** Who keeps a lambda that a method makes. */
    Set<Escape.Where> kept(MethodFacts method, KeptLambda lambda) {
        Map<Integer, Set<Escape.Where>> kept = summaries.of(method).kept;
        return kept.getOrDefault(lambda.index(), Set.of());
    }

    private void reach(Collection<MethodFacts> from, Set<MethodFacts> reached) {
        Deque<MethodFacts> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            MethodFacts method = next.removeFirst();
            if (reached.add(method)) {
                next.addAll(summaries.callees(method));
            }
        }
    }

    private boolean early(MethodFacts method) {
        boolean constructor = method.isConstructor() && uncalled(method);
        return method.name.equals("<clinit>") || constructor || callback(method);
    }

    private boolean callback(MethodFacts method) {
        return method.startAnnotated
                || START_OR_END.contains(method.name)
                || method.name.equals("close") && sharing.single(method)
                || setter(method) && uncalled(method);
    }

    /** A setter that nobody in the application calls is called by whoever configures the object, before requests. */
    private static boolean setter(MethodFacts method) {
        return method.name.startsWith("set")
                && method.descriptor.endsWith(")V")
                && Type.getArgumentTypes(method.descriptor).length == 1;
    }

    private boolean root(MethodFacts method) {
        if (method.name.startsWith("<") || callback(method)) {
            return false;
        }
        return uncalled(method) || REQUEST.contains(method.name) && isHandler(method);
    }

    private boolean isHandler(MethodFacts method) {
        ClassFacts type = table.find(method.owner);
        return type != null && table.outside(method.owner) != null;
    }

    private boolean uncalled(MethodFacts method) {
        return summaries.callers(method).stream().allMatch(method::equals);
    }

    /** Whether a method can run in a request. */
    boolean late(MethodFacts method) {
        return late.contains(method);
    }
}
