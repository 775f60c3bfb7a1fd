package dev.sluice.engine.naming;

import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.InjectionTarget;
import dev.sluice.engine.descriptor.NamingDescriptor.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The naming environment of one application: {@code java:comp/env} with its env-entries and resources, {@code
 * java:module} as another name of {@code java:comp}, {@code java:global} with the configured resources. Once activated, it
 * is what {@code new InitialContext().lookup("java:...")} reaches from threads whose context class loader is the
 * application's, or a child of it. Safe for use by many threads.
 */
@SuppressWarnings("BanJNDI") // the look-ups stay inside of our own tree
public final class NamingEnvironment implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.sluice.naming");
    private static final String FACTORY_PACKAGE = "dev.sluice.engine.naming";
    private static final String ENVIRONMENT = "comp/env/";
    private static final int MAX_LINKS = 10;
    private static final Map<ClassLoader, NamingEnvironment> ACTIVE = new ConcurrentHashMap<>();

    private final ClassLoader loader;
    private final Resources resources;
    private final NamingTree root = new NamingTree();
    private final NamingContext context = new NamingContext(root, "java:");

    /**
     * The environment of an application.
     *
     * @param entries of its descriptor and its annotations
     * @param resources closed with the environment
     */
    public NamingEnvironment(List<NamingDescriptor> entries, ClassLoader loader, Resources resources) {
        this.loader = loader;
        this.resources = resources;
        NamingTree component = root.tree("comp");
        component.tree("env");
        root.alias("module", component);
        root.tree("app");
        root.tree("global");
        for (NamingDescriptor entry : entries) {
            if (entry.value() != null || entry.lookupName() != null || !isPlainValue(entry)) {
                root.bind(path(entry.name()), () -> value(entry, 0));
            }
            warnIfWrong(entry);
        }
        for (String name : resources.names()) {
            root.bind(ENVIRONMENT + name, () -> configured(name));
            root.bind("global/" + name, () -> configured(name));
        }
    }

    /** A value that is none of its type fails each look-up; it is told at the start. Other types than simple ones need code to run. */
    private void warnIfWrong(NamingDescriptor entry) {
        String type = entry.type();
        String value = entry.value();
        if (type != null && value != null && EnvironmentValues.isSimple(type)) {
            try {
                EnvironmentValues.convert(entry.name(), type, value, loader);
            } catch (NamingException e) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage());
            }
        }
    }

    private static String path(String name) {
        return name.startsWith("java:") ? name.substring(5).replaceFirst("^module/", "comp/") : ENVIRONMENT + name;
    }

    /** An entry without a value is as good as none (Jakarta EE Platform 11, 5.4.1.3). */
    private boolean isPlainValue(NamingDescriptor entry) {
        boolean simple = entry.type() != null && EnvironmentValues.isSimple(entry.type());
        return (entry.kind() == Kind.ENVIRONMENT_ENTRY || simple)
                && !resources.names().contains(entry.name());
    }

    private Object configured(String name) throws NamingException {
        Object found = resources.find(name);
        if (found == null) {
            throw new NameNotFoundException(
                    "resource " + name + " is not configured (expected: one of " + resources.names() + ")");
        }
        return found;
    }

    private Object value(NamingDescriptor entry, int links) throws NamingException {
        if (entry.value() != null) {
            return EnvironmentValues.convert(entry.name(), typeOf(entry), entry.value(), loader);
        }
        return entry.lookupName() == null ? configured(entry.name()) : linked(entry.name(), entry.lookupName(), links);
    }

    private Object linked(String name, String target, int links) throws NamingException {
        if (links == MAX_LINKS || target.equals(name) || target.equals("java:" + path(name))) {
            throw new NamingException(name + " is linked in a circle by way of " + target
                    + " (expected: a lookup-name that leads to a value)");
        }
        return target.startsWith("java:") ? context.lookup(new CompositeName(target)) : configured(target);
    }

    private String typeOf(NamingDescriptor entry) throws NamingException {
        if (entry.type() != null) {
            return entry.type();
        }
        for (InjectionTarget target : entry.targets()) {
            try {
                return InjectionPoint.of(Class.forName(target.className(), false, loader), target.memberName())
                        .type()
                        .getName();
            } catch (ClassNotFoundException | NoSuchFieldException e) {
                NamingException failure = new NamingException("entry " + entry.name() + ": its injection target "
                        + target.className() + "." + target.memberName() + " does not exist");
                failure.initCause(e);
                throw failure;
            }
        }
        return "java.lang.String";
    }

    /**
     * What is injected for a name.
     *
     * @param lookup the name that it links to if it is not declared otherwise, or empty
     * @param type of the member
     * @return null if it is a value that nobody has given: then nothing is injected
     * @throws NamingException if it is a resource that is not there
     */
    @Nullable
    Object injectable(String name, String lookup, Class<?> type) throws NamingException {
        try {
            return context.lookup(new CompositeName("java:" + path(name)));
        } catch (NameNotFoundException notDeclared) {
            if (!lookup.isEmpty()) {
                return linked(name, lookup, 0);
            }
            if (type.isEnum() || EnvironmentValues.isSimple(type.getName())) {
                return null;
            }
            throw notDeclared;
        }
    }

    /** The whole of {@code java:}, for the console and for injection. */
    public Context context() {
        return context;
    }

    /** From now on threads of the application find it by JNDI. */
    public void activate() {
        ACTIVE.put(loader, this);
        announceFactory();
    }

    /** JNDI reads this property with every InitialContext. */
    private static synchronized void announceFactory() {
        String known = System.getProperty(Context.URL_PKG_PREFIXES, "");
        if (!List.of(known.split(":")).contains(FACTORY_PACKAGE)) {
            System.setProperty(
                    Context.URL_PKG_PREFIXES, known.isEmpty() ? FACTORY_PACKAGE : known + ":" + FACTORY_PACKAGE);
        }
    }

    /**
     * The context of {@code java:} names for the calling thread.
     *
     * @throws NamingException if its context class loader belongs to no active application
     */
    public static Context javaContext() throws NamingException {
        ClassLoader wanted = Thread.currentThread().getContextClassLoader();
        for (ClassLoader next = wanted; next != null; next = next.getParent()) {
            NamingEnvironment environment = ACTIVE.get(next);
            if (environment != null) {
                return environment.context;
            }
        }
        throw new NamingException(
                "java: names are not known in this thread: its context class loader " + wanted
                        + " belongs to no running application (expected: a thread that the application started, or its loader set)");
    }

    /** Threads find it no longer; the resources are closed. */
    @Override
    public void close() {
        ACTIVE.remove(loader, this);
        resources.close();
    }
}
