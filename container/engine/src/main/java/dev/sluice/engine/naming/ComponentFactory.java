package dev.sluice.engine.naming;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.naming.ComponentPlan.Injection;
import dev.sluice.engine.registration.InstanceFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.naming.NamingException;

/**
 * Makes the components of an application: constructor, {@code @Resource}, {@code @PostConstruct}; and lets go of them with
 * {@code @PreDestroy} (Servlet 6.1, 15.5). Safe for use by many threads.
 */
public final class ComponentFactory implements InstanceFactory {
    private static final System.Logger LOG = System.getLogger("dev.sluice.naming");

    private final WebApplication application;
    private final NamingEnvironment environment;
    private final ClassValue<ComponentPlan> plans = new ClassValue<>() {
        @Override
        protected ComponentPlan computeValue(Class<?> type) {
            return ComponentPlan.of(type, application);
        }
    };

    public ComponentFactory(WebApplication application, NamingEnvironment environment) {
        this.application = application;
        this.environment = environment;
    }

    @Override
    public <T> T create(Class<T> type) throws ReflectiveOperationException {
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        T instance = constructor.newInstance();
        adopt(instance);
        return instance;
    }

    @Override
    public void adopt(Object instance) throws ReflectiveOperationException {
        ComponentPlan plan = plan(instance.getClass());
        for (Injection injection : plan.injections()) {
            inject(instance, injection);
        }
        for (Method method : plan.postConstructs()) {
            call(instance, method);
        }
    }

    private void inject(Object instance, Injection injection) throws ReflectiveOperationException {
        Class<?> type = injection.point().type();
        try {
            Object value = environment.injectable(injection.name(), injection.lookup(), type);
            if (value != null) {
                injection.point().set(instance, value);
            }
        } catch (NamingException e) {
            throw new ReflectiveOperationException(
                    "resource " + injection.name() + " cannot be injected into "
                            + injection.point().member() + ": " + e.getMessage(),
                    e);
        } catch (IllegalArgumentException e) {
            throw new ReflectiveOperationException(
                    "resource " + injection.name() + " cannot be injected into "
                            + injection.point().member() + ": it is of another type (expected: " + type.getName() + ")",
                    e);
        }
    }

    @Override
    public void destroy(Object instance) {
        try {
            for (Method method : plan(instance.getClass()).preDestroys()) {
                call(instance, method);
            }
        } catch (InvocationTargetException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a @PreDestroy method of " + instance.getClass().getName() + " failed",
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a @PreDestroy method of " + instance.getClass().getName() + " cannot be called",
                    e);
        }
    }

    private static void call(Object instance, Method method) throws ReflectiveOperationException {
        method.setAccessible(true);
        method.invoke(instance);
    }

    private ComponentPlan plan(Class<?> type) throws ReflectiveOperationException {
        try {
            return plans.get(type);
        } catch (IllegalArgumentException e) {
            throw new ReflectiveOperationException(e.getMessage(), e);
        }
    }
}
