package dev.sluice.engine.naming;

import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.InjectionTarget;
import dev.sluice.engine.descriptor.WebApplication;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is injected into instances of a class and which of its methods are called, superclasses first: by the descriptor,
 * and unless that is complete by annotations (Servlet 6.1, 15.5; Jakarta Annotations 3.0, 2). Immutable.
 *
 * @param preDestroys in the order of the calls: superclasses last
 */
record ComponentPlan(List<Injection> injections, List<Method> postConstructs, List<Method> preDestroys) {

    /** A value for a member. */
    record Injection(InjectionPoint point, String name, String lookup) {}

    /**
     * The plan for a class.
     *
     * @throws IllegalArgumentException if the descriptor names a member that the class does not have
     */
    static ComponentPlan of(Class<?> type, WebApplication application) {
        Map<Member, Injection> injections = new LinkedHashMap<>();
        List<Method> postConstructs = new ArrayList<>();
        List<Method> preDestroys = new ArrayList<>();
        for (Class<?> level : lineage(type)) {
            declared(level, application, injections);
            if (!application.metadataComplete()) {
                annotated(level, injections);
            }
            postConstructs.addAll(callbacks(level, PostConstruct.class, application.postConstructs(), application));
            preDestroys.addAll(callbacks(level, PreDestroy.class, application.preDestroys(), application));
        }
        Collections.reverse(preDestroys);
        return new ComponentPlan(
                List.copyOf(injections.values()), withoutOverridden(postConstructs), withoutOverridden(preDestroys));
    }

    private static Iterable<Class<?>> lineage(Class<?> type) {
        Deque<Class<?>> levels = new ArrayDeque<>();
        for (Class<?> level = type; level != null && level.getClassLoader() != null; level = level.getSuperclass()) {
            levels.push(level);
        }
        return levels;
    }

    private static void declared(Class<?> level, WebApplication application, Map<Member, Injection> into) {
        for (NamingDescriptor entry : application.namingEntries()) {
            for (InjectionTarget target : entry.targets()) {
                if (target.className().equals(level.getName())) {
                    InjectionPoint point = point(level, target.memberName(), entry);
                    into.put(point.member(), new Injection(point, entry.name(), ""));
                }
            }
        }
    }

    private static InjectionPoint point(Class<?> level, String member, NamingDescriptor entry) {
        try {
            return InjectionPoint.of(level, member);
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(
                    "injection target of " + entry.name() + ": " + level.getName() + " has no setter and no field for "
                            + member,
                    e);
        }
    }

    private static void annotated(Class<?> level, Map<Member, Injection> into) {
        for (Field field : level.getDeclaredFields()) {
            Resource resource = field.getAnnotation(Resource.class);
            if (resource != null) {
                into.putIfAbsent(
                        field, injection(resource, new InjectionPoint(field, field.getType()), field.getName()));
            }
        }
        for (Method method : level.getDeclaredMethods()) {
            Resource resource = method.getAnnotation(Resource.class);
            if (resource != null
                    && method.getParameterCount() == 1
                    && method.getName().startsWith("set")) {
                String name = method.getName();
                String property =
                        name.length() < 4 ? name : name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4);
                InjectionPoint point = new InjectionPoint(method, method.getParameterTypes()[0]);
                into.putIfAbsent(method, injection(resource, point, property));
            }
        }
    }

    private static Injection injection(Resource resource, InjectionPoint point, String property) {
        String name = resource.name().isEmpty()
                ? point.member().getDeclaringClass().getName() + "/" + property
                : resource.name();
        return new Injection(point, name, resource.lookup().isEmpty() ? resource.mappedName() : resource.lookup());
    }

    private static List<Method> callbacks(
            Class<?> level, Class<? extends Annotation> annotation, Set<String> declared, WebApplication application) {
        List<Method> found = new ArrayList<>();
        for (Method method : level.getDeclaredMethods()) {
            boolean wanted = declared.contains(level.getName() + "#" + method.getName())
                    || !application.metadataComplete() && method.isAnnotationPresent(annotation);
            if (wanted && method.getParameterCount() == 0 && !method.isBridge()) {
                found.add(method);
            }
        }
        return found;
    }

    /** A method that a subclass overrides would be called once for each class otherwise. */
    private static List<Method> withoutOverridden(List<Method> methods) {
        Set<String> called = new HashSet<>();
        List<Method> kept = new ArrayList<>();
        for (Method method : methods) {
            boolean isPrivate = Modifier.isPrivate(method.getModifiers());
            if (isPrivate || called.add(method.getName())) {
                kept.add(method);
            }
        }
        return List.copyOf(kept);
    }
}
