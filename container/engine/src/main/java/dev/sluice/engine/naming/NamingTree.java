package dev.sluice.engine.naming;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Names and what they are bound to: trees or entries. Filled by one thread, then safe for use by many. */
final class NamingTree {
    private final Map<String, Object> children = new TreeMap<>();

    /** Something that is found, or made, when it is looked up. */
    interface Entry {
        Object value() throws NamingException;
    }

    /** Binds a path such as {@code comp/env/jdbc/shop}; what is bound already stays. */
    void bind(String path, Entry entry) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            children.putIfAbsent(path, entry);
        } else if (children.computeIfAbsent(path.substring(0, slash), key -> new NamingTree())
                instanceof NamingTree tree) {
            tree.bind(path.substring(slash + 1), entry);
        }
    }

    /** Gives a tree a second name. */
    void alias(String name, NamingTree tree) {
        children.put(name, tree);
    }

    /** The tree of a name, made if there is none. */
    NamingTree tree(String name) {
        Object found = children.computeIfAbsent(name, key -> new NamingTree());
        if (found instanceof NamingTree tree) {
            return tree;
        }
        throw new IllegalArgumentException("\"" + name + "\" is bound to a value (expected: a context)");
    }

    /** A tree or an entry, or null. */
    @Nullable
    Object child(String name) {
        return children.get(name);
    }

    Map<String, Object> children() {
        return Collections.unmodifiableMap(children);
    }
}
