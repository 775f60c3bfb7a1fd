package dev.sluice.war.loading;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads an application's classes: its own first, except those of the JDK and of the APIs that the container provides
 * (Servlet 6.1, 10.7.2). Safe for use by many threads; {@link #close} closes every jar, after which nothing more is loaded.
 */
public final class ApplicationClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ContainerWindow window;
    private final @Nullable OwnClassFiles searched; // null unless calls that end the process are refused
    private final ExitCalls exits;

    /**
     * Makes a loader that leaves classes as they are.
     *
     * @param name the application's name, which stack traces show
     * @param classPath directories and jars, in the order of search
     * @param container the loader that has the APIs
     * @param visibility what of it can be seen
     */
    public ApplicationClassLoader(String name, List<Path> classPath, ClassLoader container, Visibility visibility) {
        this(new ContainerWindow(container, visibility), name, classPath, null);
    }

    private ApplicationClassLoader(
            ContainerWindow window, String name, List<Path> classPath, @Nullable OwnClassFiles searched) {
        super(name, urls(classPath), window);
        this.window = window;
        this.searched = searched;
        this.exits = new ExitCalls(name);
    }

    /**
     * Makes a loader in whose classes {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt} throw a
     * {@link SecurityException}.
     *
     * @throws IOException if a jar of the class path cannot be opened
     */
    public static ApplicationClassLoader refusingExit(
            String name, List<Path> classPath, ClassLoader container, Visibility visibility) throws IOException {
        return new ApplicationClassLoader(
                new ContainerWindow(container, visibility), name, classPath, new OwnClassFiles(classPath));
    }

    private static URL[] urls(List<Path> classPath) {
        return classPath.stream().map(ApplicationClassLoader::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(
                    "no URL for " + path + " (expected: a file of the default file system)", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = fromOutsideFirst(name) ? outsideThenOwn(name) : ownThenOutside(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        OwnClassFiles files = searched;
        Class<?> changed = files == null ? null : withoutExit(files, name);
        return changed == null ? super.findClass(name) : changed;
    }

    /**
     * A class file of the application that another loader below this one is to define, with the same calls turned.
     *
     * @param name the class's name
     * @return null if it may be defined as it is
     */
    public byte @Nullable [] withoutExit(String name, byte[] classFile) {
        return searched == null || !ExitCalls.mayBeIn(classFile) ? null : exits.refused(name, classFile);
    }

    /** The class, if it would have ended the process; null if it may be loaded as it is. */
    private @Nullable Class<?> withoutExit(OwnClassFiles files, String name) throws ClassNotFoundException {
        try {
            OwnClassFiles.ClassFile file = files.find(name);
            byte[] changed = file == null ? null : withoutExit(name, file.content());
            if (file == null || changed == null) {
                return null;
            }
            int dot = name.lastIndexOf('.');
            if (dot > 0 && file.manifest() != null && getDefinedPackage(name.substring(0, dot)) == null) {
                definePackage(name.substring(0, dot), file.manifest(), file.place());
            }
            return defineClass(name, changed, 0, changed.length, file.source());
        } catch (IOException | IllegalStateException e) {
            throw new ClassNotFoundException(name + " cannot be read: " + e, e); // or the loader is closed
        }
    }

    @Override
    public void close() throws IOException {
        OwnClassFiles files = searched;
        if (files != null) {
            files.close();
        }
        super.close();
    }

    private boolean fromOutsideFirst(String name) {
        return name.startsWith("java.") || window.first(name);
    }

    private Class<?> ownThenOutside(String name) throws ClassNotFoundException {
        if (ofThePlatform(name)) {
            return window.loadClass(name);
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return window.loadClass(name);
        }
    }

    /** JDK classes outside {@code java.}, such as {@code javax.sql} and {@code org.w3c.dom}, are the JDK's for every application. */
    private static boolean ofThePlatform(String name) {
        return name.startsWith("javax.")
                        || name.startsWith("jdk.")
                        || name.startsWith("org.w3c.dom.")
                        || name.startsWith("org.xml.sax.")
                ? platformHas(name)
                : false;
    }

    private static boolean platformHas(String name) {
        return ClassLoader.getPlatformClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }

    private Class<?> outsideThenOwn(String name) throws ClassNotFoundException {
        try {
            return window.loadClass(name);
        } catch (ClassNotFoundException e) {
            // Servlet 6.1, 10.7.2: the application never supplies the API; an annotation API of another version may add
            // to ours.
            boolean standardTags = name.startsWith("jakarta.servlet.jsp.jstl.");
            if (name.startsWith("java.") || name.startsWith("jakarta.servlet.") && !standardTags) {
                throw e;
            }
            return findClass(name);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : window.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(window.getResources(name)));
        return Collections.enumeration(all);
    }

    @Override
    public String toString() {
        return "ApplicationClassLoader[" + getName() + "]";
    }
}
