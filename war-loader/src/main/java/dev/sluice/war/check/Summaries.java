package dev.sluice.war.check;

import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.MethodFacts.Escape;
import dev.sluice.war.check.MethodFacts.Invocation;
import dev.sluice.war.check.MethodFacts.KeptLambda;
import dev.sluice.war.check.MethodFacts.StaticWrite;
import dev.sluice.war.check.MethodFacts.Store;
import dev.sluice.war.check.MethodFacts.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * What each method does with what it was given, calls included: a summary for each, made anew until none changes. For one thread.
 */
final class Summaries {
    private static final int MOST = 64;
    private static final int ROUNDS = 8;
    /** More methods than this are not followed from one call. */
    private static final int MOST_TARGETS = 48;
    /** How often all methods together may be looked at anew, as a multiple of their number. */
    private static final int MOST_PASSES = 30;

    private final Depth depth;

    private final ClassTable table;
    private final Sharing sharing;
    private final BlindSpots blind;
    private final Map<MethodFacts, Summary> summaries = new HashMap<>();
    /** The calls that may do something with what they are given. */
    private final Map<MethodFacts, List<Invocation>> followed = new HashMap<>();

    private final Map<MethodFacts, Set<MethodFacts>> callers = new HashMap<>();
    private final Map<MethodFacts, Set<MethodFacts>> callees = new HashMap<>();
    private final IdentityHashMap<Invocation, List<Target>> targets = new IdentityHashMap<>();
    private final Map<String, List<KeptLambda>> lambdas = new HashMap<>();
    private final Map<String, String> updaters = new HashMap<>();

    /** What a call runs; what it is given starts at a later parameter if a lambda captured something. */
    private record Target(MethodFacts method, int captured, int dropped) {}

    /** What is known about one method. */
    static final class Summary {
        final Map<Effect, SourceLocation> effects = new LinkedHashMap<>();
        final Set<Origin> returned = new LinkedHashSet<>();
        final Set<Held> held = new LinkedHashSet<>();
        final Set<Left> left = new LinkedHashSet<>();
        /** Lambdas made here that somebody keeps, by the place that keeps them. */
        final Map<Integer, Set<Escape.Where>> kept = new HashMap<>();

        private int size() {
            return effects.size() + returned.size() + held.size() + left.size();
        }
    }

    /** A parameter holds something afterwards. */
    record Held(Origin target, @Nullable String field, Origin value) {}

    /** Something given goes to where others find it. */
    record Left(Origin value, Escape.Where where) {}

    Summaries(ClassTable table, Depth depth, Sharing sharing, BlindSpots blind) {
        this.depth = depth;
        this.table = table;
        this.sharing = sharing;
        this.blind = blind;
        for (MethodFacts method : table.methods()) {
            for (KeptLambda lambda : method.lambdas) {
                lambdas.computeIfAbsent(lambda.type() + "." + lambda.method(), key -> new ArrayList<>())
                        .add(lambda);
            }
            for (StaticWrite write : method.staticWrites) {
                if (write.made() != null && write.made().startsWith(ValueInterpreter.UPDATER)) {
                    updaters.put(write.field(), write.made().substring(ValueInterpreter.UPDATER.length()));
                }
            }
        }
        table.methods().forEach(this::link);
        solve();
    }

    Summary of(MethodFacts method) {
        return summaries.computeIfAbsent(method, key -> new Summary());
    }

    /** The methods that may call one. */
    Set<MethodFacts> callers(MethodFacts method) {
        return callers.getOrDefault(method, Set.of());
    }

    /** The methods that one may call. */
    Set<MethodFacts> callees(MethodFacts method) {
        return callees.getOrDefault(method, Set.of());
    }

    private void link(MethodFacts method) {
        for (Invocation call : method.calls) {
            List<Target> found = new ArrayList<>();
            if (!call.view()) {
                find(method, call, found);
            }
            if (found.isEmpty() && !Knowledge.library(call.owner()) && !inherited(call)) {
                unread(method, call);
            }
            if (!found.isEmpty() || !Knowledge.library(call.owner())) {
                targets.put(call, found);
                followed.computeIfAbsent(method, key -> new ArrayList<>()).add(call);
            }
            for (Target target : found) {
                callers.computeIfAbsent(target.method(), key -> new LinkedHashSet<>())
                        .add(method);
                callees.computeIfAbsent(method, key -> new LinkedHashSet<>()).add(target.method());
            }
        }
    }

    private void find(MethodFacts method, Invocation call, List<Target> found) {
        boolean exact = call.exact() || depth == Depth.OUTLINE;
        table.targets(call.owner(), call.name() + call.descriptor(), exact)
                .forEach(target -> found.add(new Target(target, 0, 0)));
        if (!call.isStatic() && !exact) {
            lambdas(call, found);
        }
        if (found.size() > MOST_TARGETS) {
            found.clear();
            blind.add(BlindSpots.Kind.WIDE, method, call.line());
        }
    }

    private void lambdas(Invocation call, List<Target> found) {
        for (KeptLambda lambda : lambdas.getOrDefault(call.owner() + "." + call.name(), List.of())) {
            MethodFacts body = table.resolve(
                    lambda.body().getOwner(),
                    lambda.body().getName() + lambda.body().getDesc());
            if (body != null) {
                int made = lambda.body().getTag() == Opcodes.H_NEWINVOKESPECIAL ? 1 : 0;
                found.add(new Target(body, lambda.captured().size() + made, 1));
            }
        }
    }

    /** Whether a class that was read has the method from the JDK or the API. */
    private boolean inherited(Invocation call) {
        String outside = table.outside(call.owner());
        return table.contains(call.owner()) && (outside == null || Knowledge.library(outside))
                || call.owner().startsWith("[");
    }

    private void unread(MethodFacts method, Invocation call) {
        String outside = table.outside(call.owner());
        String owner = outside == null ? call.owner() : outside;
        if (!Knowledge.silent(owner) && !Knowledge.library(owner) && !table.contains(owner)) {
            blind.unread(owner, method, call.line());
        }
    }

    private void solve() {
        Deque<MethodFacts> next = new ArrayDeque<>();
        // Of a method that values were not followed in, nothing comes out.
        table.methods().stream().filter(method -> !method.outlined).forEach(next::add);
        Set<MethodFacts> waiting = new HashSet<>(next);
        long left = (long) table.methods().size() * MOST_PASSES;
        while (!next.isEmpty()) {
            if (left-- == 0) {
                blind.add(BlindSpots.Kind.WIDE, next.getFirst(), 0);
                return;
            }
            MethodFacts method = next.removeFirst();
            waiting.remove(method);
            Summary summary = of(method);
            int before = summary.size();
            new Solver(method, summary).run();
            if (summary.size() != before) {
                for (MethodFacts caller : callers(method)) {
                    if (!caller.outlined && waiting.add(caller)) {
                        next.add(caller);
                    }
                }
            }
        }
    }

    static SourceLocation location(MethodFacts method, int line) {
        return new SourceLocation(method.owner.replace('/', '.'), method.name, method.file, line);
    }

    /** One method, with what is known about the others so far. */
    private final class Solver {
        private final MethodFacts method;
        private final Summary summary;
        private final List<Invocation> calls;
        /** What objects made here hold, and what calls returned. */
        private final Map<Root, Set<Origin>> contents = new HashMap<>();

        Solver(MethodFacts method, Summary summary) {
            this.method = method;
            this.summary = summary;
            this.calls = followed.getOrDefault(method, List.of());
        }

        void run() {
            int size = -1;
            for (int round = 0; round < ROUNDS && size != size(); round++) {
                size = size();
                method.stores.forEach(this::store);
                calls.forEach(this::flow);
            }
            method.writes.forEach(this::write);
            method.staticWrites.forEach(this::staticWrite);
            calls.forEach(this::effects);
            ground(method.returned).forEach(this::returns);
            for (Escape escape : method.escapes) {
                leave(ground(escape.values()), escape.where());
            }
        }

        private int size() {
            int all = summary.held.size();
            for (Set<Origin> held : contents.values()) {
                all += held.size();
            }
            return all;
        }

        /** The origins with results and new objects replaced by what is in them; new objects stay beside that. */
        private Set<Origin> ground(Set<Origin> origins) {
            Set<Origin> all = new LinkedHashSet<>();
            for (Origin origin : origins) {
                if (!origin.root().local()) {
                    all.add(origin);
                    continue;
                }
                if (origin.root().kind() == Root.Kind.MADE) {
                    all.add(origin);
                }
                for (Origin held : contents.getOrDefault(origin.root(), Set.of())) {
                    Origin found = origin.from(held);
                    if (found != null && all.size() < MOST) {
                        all.add(found);
                    }
                }
            }
            return all;
        }

        private void store(Store store) {
            store(ground(store.targets()), store.field(), ground(store.values()));
        }

        private void store(Set<Origin> targets, @Nullable String field, Set<Origin> values) {
            for (Origin target : targets) {
                for (Origin value : values) {
                    if (target.root().kind() == Root.Kind.MADE) {
                        hold(target, field, value);
                    } else if (target.root().kind() != Root.Kind.PARAMETER || !target.bare()) {
                        continue;
                    } else if (!value.root().local()) {
                        if (summary.held.size() < MOST) {
                            summary.held.add(new Held(target, field, value));
                        }
                    } else if (target.root().index() == 0 && sharing.single(method)) {
                        leave(Set.of(value), Escape.Where.CONTAINER);
                    }
                }
            }
        }

        private void hold(Origin target, @Nullable String field, Origin value) {
            Set<Origin> held = contents.computeIfAbsent(target.root(), key -> new LinkedHashSet<>());
            if (target.root().equals(value.root()) || held.size() >= MOST) {
                return;
            }
            Origin inside = value.wrap(field);
            for (int i = 0; i < target.steps(); i++) {
                inside = inside.wrap(i == target.steps() - 1 ? target.field() : null);
            }
            held.add(inside);
        }

        /** What a call returns and what it puts into its arguments. */
        private void flow(Invocation call) {
            Set<Origin> result = new LinkedHashSet<>();
            for (Target target : targets.getOrDefault(call, List.of())) {
                Summary called = of(target.method());
                called.returned.forEach(origin -> result.addAll(actual(origin, call, target)));
                for (Held held : List.copyOf(called.held)) {
                    store(actual(held.target(), call, target), held.field(), actual(held.value(), call, target));
                }
            }
            if (!Knowledge.library(call.owner())
                    && targets.getOrDefault(call, List.of()).isEmpty()) {
                LibraryCall model = outside(call);
                result.addAll(ValueInterpreter.result(model, grounded(call), call.isStatic()));
                if (model.stores() && !call.isStatic()) {
                    for (Set<Origin> argument :
                            call.arguments().subList(1, call.arguments().size())) {
                        store(ground(call.arguments().get(0)), null, ground(argument));
                    }
                }
            }
            if (call.index() >= 0 && !result.isEmpty()) {
                Root root = new Root(Root.Kind.RESULT, "", call.index());
                Set<Origin> known = contents.computeIfAbsent(root, key -> new LinkedHashSet<>());
                result.stream().filter(origin -> known.size() < MOST).forEach(known::add);
            }
        }

        private List<Set<Origin>> grounded(Invocation call) {
            return call.arguments().stream().map(this::ground).toList();
        }

        private LibraryCall outside(Invocation call) {
            String owner = table.outside(call.owner());
            return LibraryCall.of(
                    owner == null ? call.owner() : owner, call.name(), call.descriptor(), call.isStatic());
        }

        /** What something of the called method is here. */
        private Set<Origin> actual(Origin origin, Invocation call, Target target) {
            if (origin.root().kind() != Root.Kind.PARAMETER) {
                return Set.of(origin);
            }
            int place = origin.root().index() - target.captured() + target.dropped();
            if (place < target.dropped() || place >= call.arguments().size()) {
                return Set.of();
            }
            Set<Origin> all = new LinkedHashSet<>();
            for (Origin argument : ground(call.arguments().get(place))) {
                Origin found = origin.from(argument);
                if (found != null) {
                    all.add(found);
                }
            }
            return all;
        }

        private void write(Write write) {
            String field = write.field();
            if (field != null && field.startsWith(ValueInterpreter.UPDATER)) {
                String updater = field.substring(ValueInterpreter.UPDATER.length());
                String name = updaters.get(updater);
                field = name == null ? null : updater.substring(0, updater.lastIndexOf('.') + 1) + name;
            }
            for (Origin target : ground(write.targets())) {
                effect(target, field, write.change(), location(method, write.line()));
            }
        }

        private void staticWrite(StaticWrite write) {
            Root root = new Root(Root.Kind.STATIC, write.field(), 0);
            add(new Effect(root, null, -1, write.change()), location(method, write.line()));
            leave(ground(write.values()), Escape.Where.CONTAINER);
        }

        /** A change of the target itself, or of its field. */
        private void effect(Origin target, @Nullable String field, Change change, SourceLocation where) {
            if (!target.bare() || target.root().local() || target.root().kind() == Root.Kind.RETURNED) {
                return;
            }
            String first = target.field();
            if (target.steps() == 0) {
                first = field;
            } else if (field != null && first != null && target.steps() == 1 && Origin.outer(first)) {
                first = first + ">" + field;
            }
            add(new Effect(target.root(), first, target.steps(), change), where);
        }

        private void add(Effect effect, SourceLocation where) {
            Effect judged = sharing.judge(method, effect);
            if (judged != null) {
                summary.effects.putIfAbsent(judged, where);
            }
        }

        private void effects(Invocation call) {
            List<Target> found = targets.getOrDefault(call, List.of());
            for (Target target : found) {
                Summary called = of(target.method());
                for (Map.Entry<Effect, SourceLocation> entry : List.copyOf(called.effects.entrySet())) {
                    Effect effect = entry.getKey();
                    if (effect.root().kind() == Root.Kind.PARAMETER) {
                        Origin changed = new Origin(
                                effect.root(), effect.steps() == 0 ? null : effect.field(), effect.steps(), 0, null);
                        for (Origin here : actual(changed, call, target)) {
                            effect(
                                    here,
                                    effect.steps() == 0 ? effect.field() : null,
                                    effect.change(),
                                    entry.getValue());
                        }
                    }
                }
                for (Left left : List.copyOf(called.left)) {
                    leave(actual(left.value(), call, target), left.where());
                }
            }
            if (found.isEmpty() && !Knowledge.library(call.owner())) {
                outsideEffects(call);
            }
        }

        /** A method that a class of the application has from the JDK, or that nobody read. */
        private void outsideEffects(Invocation call) {
            List<Set<Origin>> arguments = grounded(call);
            if (inherited(call) && !call.isStatic()) {
                LibraryCall model = outside(call);
                for (Origin receiver : arguments.get(0)) {
                    if (model.change() != Change.NONE) {
                        effect(receiver, null, model.change(), location(method, call.line()));
                    }
                }
            } else if (!Knowledge.silent(call.owner())) {
                for (Set<Origin> argument : arguments) {
                    argument.forEach(origin -> effect(origin, null, Change.HAND_OUT, location(method, call.line())));
                    leave(argument, Escape.Where.UNREAD);
                }
            }
        }

        private void returns(Origin origin) {
            Root root = origin.root();
            if (summary.returned.size() < MOST && !root.local()) {
                summary.returned.add(origin);
            } else if (depth == Depth.WHOLE
                    && root.kind() == Root.Kind.MADE
                    && origin.bare()
                    && origin.steps() == 0
                    && method.lambdas.stream().anyMatch(lambda -> lambda.index() == root.index())) {
                summary.returned.add(Origin.of(new Root(Root.Kind.RETURNED, method.key(), root.index())));
            }
        }

        private void leave(Set<Origin> values, Escape.Where where) {
            Deque<Origin> next = new ArrayDeque<>(values);
            Set<Root> seen = new HashSet<>();
            while (!next.isEmpty()) {
                Origin value = next.removeFirst();
                if (value.root().kind() == Root.Kind.PARAMETER) {
                    summary.left.add(new Left(value, where));
                } else if (value.root().kind() == Root.Kind.MADE && seen.add(value.root())) {
                    summary.kept
                            .computeIfAbsent(value.root().index(), key -> new LinkedHashSet<>())
                            .add(where);
                    next.addAll(contents.getOrDefault(value.root(), Set.of()));
                } else if (value.root().kind() == Root.Kind.RETURNED) {
                    MethodFacts maker = table.method(value.root().name());
                    if (maker != null) {
                        of(maker)
                                .kept
                                .computeIfAbsent(value.root().index(), key -> new LinkedHashSet<>())
                                .add(where);
                    }
                }
            }
        }
    }
}
