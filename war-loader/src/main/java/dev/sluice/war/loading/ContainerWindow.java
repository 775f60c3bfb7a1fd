package dev.sluice.war.loading;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every application's class loader: the JDK, and of the container only what a {@link Visibility} covers. Classes,
 * resources and services of anything else do not exist here. It defines no class itself.
 */
final class ContainerWindow extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader container;
    private final Visibility visibility;

    ContainerWindow(ClassLoader container, Visibility visibility) {
        super("container-window", ClassLoader.getPlatformClassLoader());
        this.container = container;
        this.visibility = visibility;
    }

    boolean first(String className) {
        return visibility.first(className);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (visibility.coversClass(name)) {
            return container.loadClass(name);
        }
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException e) {
            int dot = name.lastIndexOf('.');
            if (dot > 0 && Tools.PACKAGES.contains(name.substring(0, dot))) {
                return ClassLoader.getSystemClassLoader().loadClass(name);
            }
            throw e;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return visibility.coversResource(name)
                ? container.getResource(name)
                : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return visibility.coversResource(name)
                ? container.getResources(name)
                : getParent().getResources(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }

    /** Packages of JDK modules that the JDK itself gives to the system class loader, such as the compiler's; worked out when first asked. */
    private static final class Tools {
        static final Set<String> PACKAGES = ModuleLayer.boot().modules().stream()
                .filter(module -> module.getClassLoader() == ClassLoader.getSystemClassLoader())
                .filter(module -> ModuleFinder.ofSystem().find(module.getName()).isPresent())
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
