package dev.sluice.war.annotation;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Classes and all they extend and implement, also through types outside the application such as {@code HttpServlet}, without loading a
 * class. For one thread.
 */
final class ClassHierarchy {
    private static final System.Logger LOG = System.getLogger(ClassHierarchy.class.getName());

    private final IndexView application;
    private final ClassLoader loader;
    private final Map<DotName, @Nullable ClassInfo> outside = new HashMap<>();
    private final Map<DotName, Set<DotName>> closures = new HashMap<>();

    ClassHierarchy(IndexView application, ClassLoader loader) {
        this.application = application;
        this.loader = loader;
    }

    /** The class's description, from the application or from what its class loader sees; null if there is none. */
    @Nullable
    ClassInfo find(DotName name) {
        ClassInfo own = application.getClassByName(name);
        if (own != null) {
            return own;
        }
        if (!outside.containsKey(name)) {
            outside.put(name, read(name));
        }
        return outside.get(name);
    }

    private @Nullable ClassInfo read(DotName name) {
        try (InputStream in = loader.getResourceAsStream(name.toString().replace('.', '/') + ".class")) {
            return in == null ? null : Index.singleClass(in);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> name + " cannot be read: " + e);
            return null;
        }
    }

    /** The names of all superclasses and interfaces. */
    Set<DotName> supertypes(DotName name) {
        Set<DotName> known = closures.get(name);
        if (known != null) {
            return known;
        }
        Set<DotName> all = new HashSet<>();
        closures.put(name, all);
        ClassInfo type = find(name);
        if (type != null) {
            if (type.superName() != null) {
                all.add(type.superName());
                all.addAll(supertypes(type.superName()));
            }
            for (DotName implemented : type.interfaceNames()) {
                all.add(implemented);
                all.addAll(supertypes(implemented));
            }
        }
        return all;
    }
}
