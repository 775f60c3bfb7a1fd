package dev.sluice.war.jsp;

import dev.sluice.engine.registration.InstanceFactory;
import java.lang.reflect.InvocationTargetException;
import org.apache.tomcat.InstanceManager;

/** Makes pages, tag handlers and their validators by the application's factory, so that they are injected like servlets. */
public final class PageInstances implements InstanceManager {
    private final InstanceFactory instances;

    PageInstances(InstanceFactory instances) {
        this.instances = instances;
    }

    @Override
    public Object newInstance(Class<?> type) throws InvocationTargetException {
        try {
            return instances.create(type);
        } catch (ReflectiveOperationException e) {
            throw e instanceof InvocationTargetException failed ? failed : new InvocationTargetException(e);
        }
    }

    @Override
    public Object newInstance(String className) throws InvocationTargetException, ClassNotFoundException {
        return newInstance(className, Thread.currentThread().getContextClassLoader());
    }

    @Override
    public Object newInstance(String className, ClassLoader loader)
            throws InvocationTargetException, ClassNotFoundException {
        return newInstance(loader.loadClass(className));
    }

    @Override
    public void newInstance(Object instance) throws InvocationTargetException {
        try {
            instances.adopt(instance);
        } catch (ReflectiveOperationException e) {
            throw e instanceof InvocationTargetException failed ? failed : new InvocationTargetException(e);
        }
    }

    @Override
    public void destroyInstance(Object instance) {
        instances.destroy(instance);
    }
}
