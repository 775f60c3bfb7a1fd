package dev.sluice.engine.naming;

import dev.sluice.engine.naming.NamingTree.Entry;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.naming.Binding;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NameParser;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;

/**
 * A view of a tree for applications: they read and do not write (Jakarta EE Platform 11, 5.2.3). Safe for use by many
 * threads.
 */
@SuppressWarnings("BanJNDI") // the look-ups stay inside of our own tree
public final class NamingContext implements Context {
    private static final String SCHEME = "java:";

    private final NamingTree tree;
    private final String place;

    NamingContext(NamingTree tree, String place) {
        this.tree = tree;
        this.place = place;
    }

    @Override
    public Object lookup(String name) throws NamingException {
        return lookup(new CompositeName(name));
    }

    @Override
    public Object lookup(Name name) throws NamingException {
        Object found = find(name);
        if (found instanceof NamingTree subtree) {
            return new NamingContext(subtree, place + name + "/");
        }
        return ((Entry) found).value();
    }

    private Object find(Name name) throws NamingException {
        Object found = tree;
        for (int i = 0; i < name.size(); i++) {
            String part =
                    i == 0 && name.get(0).startsWith(SCHEME) ? name.get(0).substring(SCHEME.length()) : name.get(i);
            if (part.isEmpty()) {
                continue;
            }
            Object child = found instanceof NamingTree parent ? parent.child(part) : null;
            if (child == null) {
                NameNotFoundException failure = new NameNotFoundException("\"" + part + "\" of " + place + name
                        + " is not bound (expected: an env-entry or a resource of web.xml,"
                        + " an annotation, or a configured resource)");
                failure.setRemainingName(name.getSuffix(i));
                throw failure;
            }
            found = child;
        }
        return found;
    }

    @Override
    public Object lookupLink(String name) throws NamingException {
        return lookup(name);
    }

    @Override
    public Object lookupLink(Name name) throws NamingException {
        return lookup(name);
    }

    @Override
    public NamingEnumeration<NameClassPair> list(String name) throws NamingException {
        return list(new CompositeName(name));
    }

    @Override
    public NamingEnumeration<NameClassPair> list(Name name) throws NamingException {
        List<NameClassPair> pairs = new ArrayList<>();
        for (Binding binding : bindings(name)) {
            pairs.add(new NameClassPair(binding.getName(), binding.getClassName()));
        }
        return new Listing<>(pairs.iterator());
    }

    @Override
    public NamingEnumeration<Binding> listBindings(String name) throws NamingException {
        return listBindings(new CompositeName(name));
    }

    @Override
    public NamingEnumeration<Binding> listBindings(Name name) throws NamingException {
        return new Listing<>(bindings(name).iterator());
    }

    private List<Binding> bindings(Name name) throws NamingException {
        if (!(find(name) instanceof NamingTree listed)) {
            throw new NotContextException(place + name + " is bound to a value (expected: a context)");
        }
        List<Binding> bindings = new ArrayList<>();
        for (Map.Entry<String, Object> child : listed.children().entrySet()) {
            Object value = child.getValue() instanceof NamingTree subtree
                    ? new NamingContext(subtree, place + name + "/" + child.getKey() + "/")
                    : ((Entry) child.getValue()).value();
            bindings.add(new Binding(child.getKey(), value));
        }
        return bindings;
    }

    @Override
    public NameParser getNameParser(String name) {
        return CompositeName::new;
    }

    @Override
    public NameParser getNameParser(Name name) {
        return CompositeName::new;
    }

    @Override
    public Name composeName(Name name, Name prefix) throws NamingException {
        return ((Name) prefix.clone()).addAll(name);
    }

    @Override
    public String composeName(String name, String prefix) throws NamingException {
        return composeName(new CompositeName(name), new CompositeName(prefix)).toString();
    }

    @Override
    public Hashtable<?, ?> getEnvironment() {
        return new Hashtable<>();
    }

    @Override
    public String getNameInNamespace() {
        return place;
    }

    @Override
    public void close() {
        // Nothing is held: the tree lives as long as its application.
    }

    private OperationNotSupportedException readOnly(Object name) {
        return new OperationNotSupportedException(
                place + name + " cannot be changed: the naming environment of an application is read-only");
    }

    @Override
    public void bind(Name name, Object object) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void bind(String name, Object object) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void rebind(Name name, Object object) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void rebind(String name, Object object) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void unbind(Name name) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void unbind(String name) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void rename(Name oldName, Name newName) throws NamingException {
        throw readOnly(oldName);
    }

    @Override
    public void rename(String oldName, String newName) throws NamingException {
        throw readOnly(oldName);
    }

    @Override
    public void destroySubcontext(Name name) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public void destroySubcontext(String name) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public Context createSubcontext(Name name) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public Context createSubcontext(String name) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public Object addToEnvironment(String name, Object value) throws NamingException {
        throw readOnly(name);
    }

    @Override
    public Object removeFromEnvironment(String name) throws NamingException {
        throw readOnly(name);
    }

    /** What an enumeration gives, one after the other. */
    public record Listing<T>(Iterator<T> items) implements NamingEnumeration<T> {
        @Override
        public T next() {
            return items.next();
        }

        @Override
        public boolean hasMore() {
            return items.hasNext();
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        @Override
        public boolean hasMoreElements() {
            return items.hasNext();
        }

        @Override
        public T nextElement() {
            return items.next();
        }
    }
}
