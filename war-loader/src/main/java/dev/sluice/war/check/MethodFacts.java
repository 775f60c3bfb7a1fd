package dev.sluice.war.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;

/** What one method does with fields, objects and calls, as far as it can be seen in it alone. */
final class MethodFacts {
    final String owner;
    final String name;
    final String descriptor;
    final int access;
    final @Nullable String file;
    final boolean startAnnotated;
    /** By place, the receiver included; empty if they are not known. */
    final List<String> parameterNames;

    final List<Write> writes = new ArrayList<>();
    final List<StaticWrite> staticWrites = new ArrayList<>();
    final List<Store> stores = new ArrayList<>();
    final List<Invocation> calls = new ArrayList<>();
    final List<KeptLambda> lambdas = new ArrayList<>();
    final List<Escape> escapes = new ArrayList<>();
    final List<StaticRead> reads = new ArrayList<>();
    final Set<Origin> returned = new LinkedHashSet<>();
    int returnLine;
    /** Whether values were not followed in it, so that it is known only whom it calls. */
    boolean outlined;
    /** Whether its code could not be analysed. */
    boolean unreadable;

    private final String key;

    MethodFacts(
            String owner,
            String name,
            String descriptor,
            int access,
            @Nullable String file,
            boolean startAnnotated,
            List<String> parameterNames) {
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
        this.access = access;
        this.file = file;
        this.startAnnotated = startAnnotated;
        this.parameterNames = parameterNames;
        this.key = owner + "." + name + descriptor;
    }

    /** An object is changed, or its field is assigned. */
    record Write(Set<Origin> targets, @Nullable String field, Change change, int line) {}

    /**
     * A static field is assigned.
     *
     * @param made what the value was made of, as {@link Value#made}
     */
    record StaticWrite(
            String field,
            Set<Origin> values,
            Change change,
            @Nullable String made,
            int line) {}

    /** A static field is read. */
    record StaticRead(String field, int line) {}

    /** Objects are put into others. */
    record Store(
            Set<Origin> targets,
            @Nullable String field,
            Set<Origin> values,
            @Nullable String made) {}

    /**
     * A call.
     *
     * @param exact whether no subclass can be meant
     * @param view whether the receiver is known to be an object of the JDK
     * @param index the place of the instruction; -1 if the result is not used
     */
    record Invocation(
            String owner,
            String name,
            String descriptor,
            boolean isStatic,
            boolean exact,
            boolean view,
            List<Set<Origin>> arguments,
            int index,
            int line) {
        /** The name under which methods are found. */
        String key() {
            return owner + "." + name + descriptor;
        }
    }

    /** A lambda or method reference, with the method that it calls and what it captured. */
    record KeptLambda(
            int index,
            String type,
            String method,
            Handle body,
            List<Set<Origin>> captured,
            List<String> types,
            int line) {}

    /** Something goes to where others find it. */
    record Escape(Set<Origin> values, Where where, int line) {
        enum Where {
            /** To the container, which calls it in requests. */
            CONTAINER,
            /** To the container, for as long as the request lasts. */
            REQUEST,
            /** Into a template. */
            TEMPLATE,
            /** To code that was not read. */
            UNREAD
        }
    }

    String key() {
        return key;
    }

    boolean isStatic() {
        return (access & org.objectweb.asm.Opcodes.ACC_STATIC) != 0;
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }
}
