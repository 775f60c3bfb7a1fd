package dev.sluice.war.check;

import java.util.List;
import java.util.Set;

/**
 * What a method outside the application does, by its name as the JDK names such methods.
 *
 * @param change how it changes its receiver
 * @param changed the place of an argument that it changes, or -1
 * @param stores whether the receiver holds the arguments afterwards
 * @param result what it returns
 */
record LibraryCall(Change change, int changed, boolean stores, Result result) {
    /** What a call returns, seen from receiver and arguments. */
    enum Result {
        /** Something new, or something without state. */
        NEW,
        /** The receiver, or a view of it. */
        RECEIVER,
        /** Something that the receiver holds. */
        INSIDE,
        /** A new object that holds what the receiver holds. */
        COPY,
        /** The first argument, or a view of it. */
        ARGUMENT,
        /** A new object that holds the arguments. */
        HOLDER,
        /** A new object that holds what the first argument holds. */
        COPY_OF_ARGUMENT,
        /** A new object that holds what the receiver holds, and the arguments. */
        EXTENDED
    }

    private static final Set<String> COUNTING = Set.of(
            "increment",
            "decrement",
            "add",
            "accumulate",
            "incrementAndGet",
            "decrementAndGet",
            "getAndIncrement",
            "getAndDecrement",
            "addAndGet",
            "getAndAdd",
            "accumulateAndGet",
            "getAndAccumulate");
    private static final Set<String> CACHING =
            Set.of("computeIfAbsent", "putIfAbsent", "remove", "clear", "invalidate", "invalidateAll");
    private static final Set<String> VIEWS = Set.of(
            "iterator",
            "listIterator",
            "descendingIterator",
            "entrySet",
            "keySet",
            "navigableKeySet",
            "values",
            "stream",
            "parallelStream",
            "spliterator",
            "subList",
            "subSet",
            "headSet",
            "tailSet",
            "subMap",
            "headMap",
            "tailMap",
            "descendingSet",
            "descendingMap",
            "descendingKeySet",
            "elements",
            "keys",
            "reversed",
            "filter",
            "sorted",
            "limit",
            "skip",
            "peek",
            "distinct",
            "boxed",
            "sequential",
            "parallel",
            "unordered",
            "map",
            "flatMap",
            "mapToObj",
            "takeWhile",
            "dropWhile",
            "findFirst",
            "findAny",
            "max",
            "min",
            "reduce",
            "or",
            "append",
            "insert",
            "reverse",
            "asLongStream",
            "onClose",
            "duplicate",
            "slice",
            "put",
            "asReadOnlyBuffer");
    private static final Set<String> COPIES = Set.of("collect", "toList", "toArray", "clone");
    private static final Set<String> ALIASES = Set.of(
            "requireNonNull",
            "requireNonNullElse",
            "asList",
            "synchronizedList",
            "synchronizedMap",
            "synchronizedSet",
            "synchronizedCollection",
            "checkedList",
            "checkedMap",
            "checkedSet",
            "newSetFromMap",
            "list",
            "enumeration",
            "stream",
            "wrap",
            "identity");
    private static final Set<String> ARGUMENT_COPIES = Set.of("copyOf", "copyOfRange", "copy");
    private static final Set<String> FIRST_CHANGED =
            Set.of("addAll", "sort", "shuffle", "reverse", "swap", "fill", "setAll", "rotate", "parallelSort", "copy");
    private static final Set<String> READS = Set.of("read", "readFully", "readNBytes", "get", "getChars", "getBytes");

    private static final List<String> STORING =
            List.of("add", "put", "set", "offer", "push", "compute", "merge", "accept", "append", "replace");

    /** What a call does. */
    static LibraryCall of(String owner, String name, String descriptor, boolean isStatic) {
        if (name.equals("<init>")) {
            return new LibraryCall(Change.NONE, -1, true, Result.NEW);
        }
        if (isStatic) {
            return ofStatic(owner, name);
        }
        if (owner.endsWith("FieldUpdater")) {
            boolean writes = !name.equals("get");
            return new LibraryCall(Change.NONE, writes ? 0 : -1, false, Result.NEW);
        }
        return new LibraryCall(
                change(owner, name), readInto(owner, name, descriptor), stores(name), result(owner, name));
    }

    private static LibraryCall ofStatic(String owner, String name) {
        boolean collections = owner.equals("java/util/Collections") || owner.equals("java/util/Arrays");
        int changed = collections && FIRST_CHANGED.contains(name) ? 0 : -1;
        if (owner.equals("java/lang/System") && name.equals("arraycopy")) {
            changed = 2;
        }
        Result result = Result.HOLDER;
        if (ARGUMENT_COPIES.contains(name)) {
            result = Result.COPY_OF_ARGUMENT;
        } else if (ALIASES.contains(name) || Knowledge.UNMODIFIABLE_VIEWS.contains(name)) {
            result = Result.ARGUMENT;
        }
        return new LibraryCall(Change.NONE, changed, false, result);
    }

    private static Change change(String owner, String name) {
        if (!Knowledge.changes(owner, name)) {
            return Change.NONE;
        }
        if (owner.endsWith("ThreadLocal") && name.equals("remove")) {
            return Change.CACHE;
        }
        boolean counter = owner.startsWith("java/util/concurrent/atomic/")
                && (owner.endsWith("Integer") || owner.endsWith("Long") || owner.endsWith("er"));
        if (counter && COUNTING.contains(name)) {
            return Change.COUNT;
        }
        return owner.startsWith("java/util/") && owner.endsWith("Map") && CACHING.contains(name)
                ? Change.CACHE
                : Change.CHANGE;
    }

    /** Streams and buffers write into an array that they are given. */
    private static int readInto(String owner, String name, String descriptor) {
        boolean source = owner.startsWith("java/io/")
                || owner.startsWith("java/nio/")
                || owner.startsWith("jakarta/servlet/")
                || owner.equals("java/util/Random")
                || owner.startsWith("java/lang/String");
        boolean array = descriptor.startsWith("([B") || descriptor.startsWith("([C");
        if (source && READS.contains(name)) {
            if (array) {
                return 0;
            }
            return name.equals("getChars") ? 2 : -1;
        }
        return name.equals("nextBytes") || name.equals("toArray") && descriptor.startsWith("([") ? 0 : -1;
    }

    private static boolean stores(String name) {
        for (String start : STORING) {
            if (name.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private static Result result(String owner, String name) {
        if (COPIES.contains(name)) {
            return Result.COPY;
        }
        if (owner.startsWith("dev/sluice/")) {
            if (name.equals("fork")) {
                return Result.NEW;
            }
            if (name.startsWith("with") || name.equals("wrap")) {
                return Result.EXTENDED;
            }
        }
        boolean map = owner.endsWith("Map") || owner.equals("java/util/Properties");
        boolean view = VIEWS.contains(name) && !(map && name.equals("put"));
        return view ? Result.RECEIVER : Result.INSIDE;
    }
}
