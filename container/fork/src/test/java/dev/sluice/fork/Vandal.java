package dev.sluice.fork;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Changes everything that can be changed in a random graph. */
final class Vandal {
    private Vandal() {}

    static void spoil(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> pending = new ArrayDeque<>(List.of(root));
        List<Object> found = new ArrayList<>();
        while (!pending.isEmpty()) {
            Object next = pending.pop();
            if (seen.add(next)) {
                found.add(next);
                contents(next).stream().filter(o -> o != null).forEach(pending::push);
            }
        }
        found.forEach(Vandal::change);
    }

    private static List<Object> contents(Object object) {
        List<Object> all = new ArrayList<>();
        if (object instanceof Map<?, ?> map) {
            all.addAll(map.keySet());
            all.addAll(map.values());
        } else if (object instanceof Collection<?> bag) {
            all.addAll(bag);
        } else if (object instanceof Object[] array) {
            Collections.addAll(all, array);
        } else if (object instanceof AtomicReference<?> reference) {
            all.add(reference.get());
        } else if (object instanceof RandomGraph.Sub sub) {
            Collections.addAll(all, sub.left, sub.right, sub.fixed, sub.list);
        } else if (object instanceof RandomGraph.Entity entity) {
            Collections.addAll(all, entity.owner, entity.parts);
        } else if (object instanceof RandomGraph.Pair pair) {
            Collections.addAll(all, pair.first(), pair.second());
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static void change(Object object) {
        if (object instanceof RandomGraph.Sub sub) {
            sub.flag = !sub.flag;
            sub.many++;
            sub.text = "spoiled";
            sub.left = null;
            sub.list.clear();
        } else if (object instanceof RandomGraph.Entity entity) {
            entity.owner = null;
        } else if (object instanceof RandomGraph.Inner inner) {
            inner.value++;
        } else if (object instanceof int[] numbers) {
            numbers[0]++;
        } else if (object instanceof Object[] array) {
            java.util.Arrays.fill(array, null);
        } else if (object instanceof AtomicInteger number) {
            number.incrementAndGet();
        } else if (object instanceof AtomicReference<?> reference) {
            reference.set(null);
        } else if (object instanceof StringBuilder text) {
            text.append("spoiled");
        } else if (object instanceof Supplier<?> lambda) {
            lambda.get();
        } else if (object instanceof Map<?, ?> map) {
            map.clear();
        } else if (object instanceof Collection<?> bag
                && !bag.getClass().getName().contains("Immutable")) {
            bag.clear();
        }
    }
}
