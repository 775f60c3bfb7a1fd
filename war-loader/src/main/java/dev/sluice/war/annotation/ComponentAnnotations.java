package dev.sluice.war.annotation;

import static dev.sluice.war.annotation.Annotations.emptyToNull;
import static dev.sluice.war.annotation.Annotations.name;
import static dev.sluice.war.annotation.Annotations.text;

import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.InjectionTarget;
import dev.sluice.engine.descriptor.NamingDescriptor.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Annotations of the classes that are servlets, filters or listeners, and of their superclasses (Servlet 6.1, 15.5). Other classes,
 * such as the beans of a framework, are left alone.
 */
public final class ComponentAnnotations {
    private static final DotName MULTIPART = name("jakarta.servlet.annotation.MultipartConfig");
    private static final DotName RUN_AS = name("jakarta.annotation.security.RunAs");
    private static final DotName ROLES = name("jakarta.annotation.security.DeclareRoles");
    private static final DotName RESOURCE = name("jakarta.annotation.Resource");
    private static final DotName RESOURCES = name("jakarta.annotation.Resources");
    private static final DotName POST_CONSTRUCT = name("jakarta.annotation.PostConstruct");
    private static final DotName PRE_DESTROY = name("jakarta.annotation.PreDestroy");

    private final ClassHierarchy hierarchy;

    /** Reads from an index of the application's classes, and from what its class loader sees. */
    public ComponentAnnotations(IndexView index, ClassLoader loader) {
        this.hierarchy = new ClassHierarchy(index, loader);
    }

    /** The class and its superclasses, the class first. */
    private List<ClassInfo> lineage(String className) {
        List<ClassInfo> all = new ArrayList<>();
        DotName next = name(className);
        while (next != null
                && !next.toString().startsWith("java.")
                && !next.toString().startsWith("jakarta.")) {
            ClassInfo type = hierarchy.find(next);
            if (type == null) {
                return all;
            }
            all.add(type);
            next = type.superName();
        }
        return all;
    }

    private @Nullable AnnotationInstance onClass(String className, DotName annotation) {
        ClassInfo type = hierarchy.find(name(className));
        return type == null ? null : type.declaredAnnotation(annotation);
    }

    /** Whether a component class has the given class among its superclasses. */
    public boolean isA(String className, String superclass) {
        return hierarchy.supertypes(name(className)).contains(name(superclass));
    }

    /** The {@code @MultipartConfig} of a servlet class, or null. */
    public @Nullable MultipartDescriptor multipart(String className) {
        AnnotationInstance found = onClass(className, MULTIPART);
        if (found == null) {
            return null;
        }
        AnnotationValue threshold = found.value("fileSizeThreshold");
        return new MultipartDescriptor(
                text(found, "location"),
                number(found, "maxFileSize"),
                number(found, "maxRequestSize"),
                threshold == null ? 0 : threshold.asInt());
    }

    private static long number(AnnotationInstance found, String member) {
        AnnotationValue value = found.value(member);
        return value == null ? -1 : value.asLong();
    }

    /** The {@code @RunAs} of a servlet class, or null. */
    public @Nullable String runAs(String className) {
        AnnotationInstance found = onClass(className, RUN_AS);
        return found == null ? null : emptyToNull(text(found, "value"));
    }

    /** The {@code @DeclareRoles} of a component class. */
    public List<String> roles(String className) {
        AnnotationInstance found = onClass(className, ROLES);
        return found == null ? List.of() : Annotations.texts(found, "value");
    }

    /** The methods with {@code @PostConstruct} of a component class and its superclasses, as {@code class#method}. */
    public Set<String> postConstructs(String className) {
        return callbacks(className, POST_CONSTRUCT);
    }

    /** The methods with {@code @PreDestroy} of a component class and its superclasses, as {@code class#method}. */
    public Set<String> preDestroys(String className) {
        return callbacks(className, PRE_DESTROY);
    }

    private Set<String> callbacks(String className, DotName annotation) {
        Set<String> all = new LinkedHashSet<>();
        for (ClassInfo type : lineage(className)) {
            for (MethodInfo method : type.methods()) {
                if (method.hasDeclaredAnnotation(annotation)) {
                    all.add(type.name() + "#" + method.name());
                }
            }
        }
        return all;
    }

    /** The {@code @Resource} and {@code @Resources} of a component class and its superclasses. */
    public List<NamingDescriptor> resources(String className) {
        List<NamingDescriptor> all = new ArrayList<>();
        for (ClassInfo type : lineage(className)) {
            Annotations.declared(type, RESOURCE).forEach(found -> all.add(resource(found, type)));
            Annotations.declared(type, RESOURCES).map(found -> found.value()).forEach(value -> {
                for (AnnotationInstance found : value.asNestedArray()) {
                    all.add(resource(found, type));
                }
            });
            for (AnnotationInstance found : type.annotations(RESOURCE)) {
                AnnotationTarget.Kind kind =
                        found.target() == null ? null : found.target().kind();
                if (kind == AnnotationTarget.Kind.FIELD || kind == AnnotationTarget.Kind.METHOD) {
                    all.add(resource(found, type));
                }
            }
        }
        return all;
    }

    private static NamingDescriptor resource(AnnotationInstance found, ClassInfo type) {
        AnnotationTarget target = found.target();
        String member = null;
        String inferred = emptyToNull(
                found.value("type") == null
                        ? ""
                        : found.value("type").asClass().name().toString());
        if (target != null && target.kind() == AnnotationTarget.Kind.FIELD) {
            FieldInfo field = target.asField();
            member = field.name();
            inferred = inferred == null ? field.type().name().toString() : inferred;
        } else if (target != null && target.kind() == AnnotationTarget.Kind.METHOD) {
            MethodInfo method = target.asMethod();
            member = property(method.name());
            inferred = inferred == null && method.parametersCount() == 1
                    ? method.parameterType(0).name().toString()
                    : inferred;
        }
        String given = text(found, "name");
        String entry = given.isEmpty() && member != null ? type.name() + "/" + member : given;
        String lookup = text(found, "lookup").isEmpty() ? text(found, "mappedName") : text(found, "lookup");
        List<InjectionTarget> targets = member == null
                ? List.of()
                : List.of(new InjectionTarget(type.name().toString(), member));
        return new NamingDescriptor(Kind.RESOURCE, entry, inferred, null, emptyToNull(lookup), targets);
    }

    /** Jakarta Annotations 3.0, 2.4: the name of a setter's property. */
    private static String property(String method) {
        if (!method.startsWith("set") || method.length() == 3) {
            return method;
        }
        return method.substring(3, 4).toLowerCase(Locale.ROOT) + method.substring(4);
    }
}
