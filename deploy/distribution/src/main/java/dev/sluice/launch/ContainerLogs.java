package dev.sluice.launch;

import org.jspecify.annotations.Nullable;

/** The JDK looks for this service in the system class loader, and the container's log is in another one: leads from here to there. */
public final class ContainerLogs extends System.LoggerFinder {
    private static final String CONTAINERS = "dev.sluice.deploy.log.ServerLoggerFinder";

    private static volatile ClassLoader loader = ContainerLogs.class.getClassLoader();

    private volatile System.@Nullable LoggerFinder container;

    /** Found by the JDK. */
    public ContainerLogs() {}

    /** Says where the container is; before the first logger is made. */
    static void from(ClassLoader container) {
        loader = container;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        System.LoggerFinder found = container;
        if (found == null) {
            found = find();
            container = found;
        }
        return found.getLogger(name, module);
    }

    private static System.LoggerFinder find() {
        try {
            return (System.LoggerFinder)
                    loader.loadClass(CONTAINERS).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    CONTAINERS + " is not in " + loader + " (expected: the jars of lib are whole)", e);
        }
    }
}
