package dev.sluice.war.check;

import dev.sluice.war.archive.ClassFiles;
import dev.sluice.war.check.MethodFacts.Invocation;
import dev.sluice.war.check.MethodFacts.KeptLambda;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which code stays within its JVM, as far as class files show it: from it no call of the network, of files, of databases or of other
 * processes can be reached, and nothing that was not read. For one thread.
 */
public final class Purity {
    private static final Set<String> PARAMETERS = Set.of("getParameter", "getParameterValues");

    private final ClassTable table = new ClassTable();
    private final Map<String, List<KeptLambda>> lambdas = new HashMap<>();
    private final Set<String> parameters = new TreeSet<>();

    private Purity() {}

    /** Reads the class files of a jar or directory; everything else counts as not read. */
    public static Purity of(Path classes) throws IOException {
        Purity purity = new Purity();
        BlindSpots blind = new BlindSpots();
        ClassFiles.read(classes, (name, in) -> {
            ClassNode type = new ClassNode();
            new ClassReader(in).accept(type, ClassReader.SKIP_FRAMES);
            purity.table.add(type, Depth.WHOLE, blind);
            type.methods.forEach(purity::parameters);
        });
        for (MethodFacts method : purity.table.methods()) {
            for (KeptLambda lambda : method.lambdas) {
                purity.lambdas
                        .computeIfAbsent(lambda.type() + "." + lambda.method(), key -> new ArrayList<>())
                        .add(lambda);
            }
        }
        return purity;
    }

    private void parameters(MethodNode method) {
        for (AbstractInsnNode at : method.instructions) {
            if (at instanceof MethodInsnNode call
                    && PARAMETERS.contains(call.name)
                    && ValueInterpreter.before(call) instanceof LdcInsnNode constant
                    && constant.cst instanceof String name) {
                parameters.add(name);
            }
        }
    }

    /** The names of the request parameters that the code asks for. */
    public Set<String> parameters() {
        return Set.copyOf(parameters);
    }

    /** Whether a class, by its binary name, was read. */
    public boolean knows(String className) {
        return table.contains(className.replace('.', '/'));
    }

    /**
     * Why methods of a class may reach outside; empty if they stay within the JVM.
     *
     * @param className the binary name of a class that was read
     * @param methods the names of methods that it or a class above it has
     */
    public Optional<String> outside(String className, Set<String> methods) {
        List<MethodFacts> entries = new ArrayList<>();
        for (String at = className.replace('.', '/'); at != null; ) {
            table.methodsOf(at).stream()
                    .filter(method -> methods.contains(method.name))
                    .forEach(entries::add);
            ClassTable.ClassFacts type = table.find(at);
            at = type == null ? null : type.parent();
        }
        String above = table.outside(className.replace('.', '/'));
        return above != null && !Knowledge.library(above)
                ? Optional.of("extends " + above.replace('/', '.') + ", which was not read")
                : search(entries);
    }

    /**
     * Why the code of lambdas of one functional interface may reach outside; empty if it stays within the JVM.
     *
     * @param maker the binary name of the class whose lambdas are meant; null means every class
     * @param type the binary name of the interface
     */
    public Optional<String> outsideOfLambdas(@Nullable String maker, String type) {
        List<MethodFacts> entries = new ArrayList<>();
        for (MethodFacts method : table.methods()) {
            for (KeptLambda lambda : method.lambdas) {
                if (lambda.type().equals(type.replace('.', '/'))
                        && (maker == null || method.owner.equals(maker.replace('.', '/')))) {
                    MethodFacts body = body(lambda);
                    if (body == null) {
                        return Optional.of("calls " + lambda.body().getOwner().replace('/', '.') + "."
                                + lambda.body().getName() + ", which was not read");
                    }
                    entries.add(body);
                }
            }
        }
        return search(entries);
    }

    private @Nullable MethodFacts body(KeptLambda lambda) {
        return table.resolve(
                lambda.body().getOwner(),
                lambda.body().getName() + lambda.body().getDesc());
    }

    private Optional<String> search(Collection<MethodFacts> entries) {
        Deque<MethodFacts> next = new ArrayDeque<>(entries);
        Set<MethodFacts> seen = new HashSet<>();
        while (!next.isEmpty()) {
            MethodFacts method = next.removeFirst();
            if (seen.add(method)) {
                String why = reached(method, next);
                if (why != null) {
                    return Optional.of(why);
                }
            }
        }
        return Optional.empty();
    }

    /** Adds what a method calls; what it does outside, or null. */
    private @Nullable String reached(MethodFacts method, Deque<MethodFacts> next) {
        if (method.unreadable || (method.access & Opcodes.ACC_NATIVE) != 0) {
            return "cannot be followed through " + method.owner.replace('/', '.') + "." + method.name;
        }
        method.reads.forEach(
                read -> initializer(read.field().substring(0, read.field().lastIndexOf('.')), next));
        for (KeptLambda lambda : method.lambdas) {
            String what =
                    OutsideCalls.what(lambda.body().getOwner(), lambda.body().getName());
            if (what != null) {
                return what + " in " + Summaries.location(method, lambda.line());
            }
        }
        for (Invocation call : method.calls) {
            String what = call(call, next);
            if (what != null) {
                return what + " in " + Summaries.location(method, call.line());
            }
        }
        return null;
    }

    private @Nullable String call(Invocation call, Deque<MethodFacts> next) {
        String above = table.outside(call.owner());
        String owner = above == null ? call.owner() : above;
        Set<MethodFacts> targets =
                new LinkedHashSet<>(table.targets(call.owner(), call.name() + call.descriptor(), call.exact()));
        for (KeptLambda lambda : lambdas.getOrDefault(call.owner() + "." + call.name(), List.of())) {
            MethodFacts body = body(lambda);
            if (body != null) {
                targets.add(body);
            }
        }
        next.addAll(targets);
        if (call.isStatic() || call.name().equals("<init>")) {
            initializer(call.owner(), next);
        }
        String what = OutsideCalls.what(owner, call.name());
        if (what != null) {
            return what;
        }
        boolean known = !targets.isEmpty() || Knowledge.library(owner) || Knowledge.silent(owner);
        return known ? null : "calls " + owner.replace('/', '.') + "." + call.name() + ", which was not read,";
    }

    private void initializer(String owner, Deque<MethodFacts> next) {
        MethodFacts initializer = table.method(owner + ".<clinit>()V");
        if (initializer != null) {
            next.add(initializer);
        }
    }
}
