package dev.sluice.engine.registration;

/**
 * Makes the instances of an application's components: constructor, injection, {@code @PostConstruct}; and lets go of them:
 * {@code @PreDestroy} (Servlet 6.1, 15.5). Called with the application's class loader as the thread's context class loader, from any thread.
 */
public interface InstanceFactory {

    /**
     * A new instance.
     *
     * @throws ReflectiveOperationException if the class has no accessible constructor without parameters, if the constructor throws,
     *     or if an injection fails
     */
    <T> T create(Class<T> type) throws ReflectiveOperationException;

    /** Injects into an instance that the application has made itself, and calls its {@code @PostConstruct}. */
    void adopt(Object instance) throws ReflectiveOperationException;

    /** The instance is not used any more. Never throws: a failing callback is logged. */
    void destroy(Object instance);

    /** Only the constructor. */
    static InstanceFactory constructorOnly() {
        return new InstanceFactory() {
            @Override
            public <T> T create(Class<T> type) throws ReflectiveOperationException {
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return constructor.newInstance();
            }

            @Override
            public void adopt(Object instance) {}

            @Override
            public void destroy(Object instance) {}
        };
    }
}
