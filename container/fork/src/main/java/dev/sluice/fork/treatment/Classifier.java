package dev.sluice.fork.treatment;

import dev.sluice.fork.jdk.JdkLambda;
import dev.sluice.fork.jdk.JdkTypes;
import dev.sluice.fork.jdk.JdkValues;
import dev.sluice.fork.jdk.SetFromMapShape;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ArrayShape;
import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.shape.ConstructedShape;
import dev.sluice.fork.shape.Fields;
import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.shape.RoleShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.SubclassShape;
import dev.sluice.fork.shape.Verdict;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what a fork does with an object. For one walk, by one thread: decisions are kept per class. */
public final class Classifier {
    private final Choices choices;
    private final Map<Class<?>, Function<Object, Verdict>> byClass = new HashMap<>();

    public Classifier(Choices choices) {
        this.choices = choices;
    }

    public Verdict verdict(Object object) {
        Class<?> type = object.getClass();
        Function<Object, Verdict> known = byClass.get(type);
        if (known == null) {
            known = decide(type);
            byClass.put(type, known);
        }
        return known.apply(object);
    }

    private static Function<Object, Verdict> always(Verdict verdict) {
        return object -> verdict;
    }

    private Function<Object, Verdict> decide(Class<?> type) {
        Verdict configured = configured(type);
        if (configured != null) {
            return always(configured);
        }
        if (type.isArray()) {
            return type.getComponentType().isPrimitive()
                    ? JdkValues.primitiveArray(type)
                    : always(new ArrayShape(type));
        }
        if (type == SetFromMapShape.TYPE) {
            return set -> SetFromMapShape.verdict(set, this::verdict);
        }
        Function<Object, Verdict> inJdk = JdkTypes.exact(type);
        if (inJdk != null) {
            return inJdk;
        }
        Function<Object, Verdict> byRole = Roles.of(type);
        if (byRole != null) {
            return byRole;
        }
        if (ClassOrigin.inJdk(type) && JdkValues.unchangeable(type)) {
            return always(Verdict.IMMUTABLE);
        }
        if (ClassOrigin.isLambda(type)) {
            return lambda(type);
        }
        if (Proxy.isProxyClass(type)) {
            return always(refused(
                    Finding.Kind.FORBIDDEN,
                    "a dynamic proxy: what is behind its invocation handler cannot be told",
                    "mark the field @Shared if it is safe for all requests, or look it up when it is needed"));
        }
        if (ClassOrigin.inJdk(type)) {
            return always(unknown(type));
        }
        return always(application(type));
    }

    private @Nullable Verdict configured(Class<?> type) {
        if (type.isEnum()
                || type.getSuperclass() != null && type.getSuperclass().isEnum()) {
            return Verdict.IMMUTABLE;
        }
        if (choices.shared().test(type)) {
            return new Verdict.Shared("by configuration");
        }
        return annotatedInHierarchy(type) ? new Verdict.Shared("annotated @Shared") : null;
    }

    private boolean annotatedInHierarchy(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return false;
        }
        return annotated(type)
                || annotatedInHierarchy(type.getSuperclass())
                || Arrays.stream(type.getInterfaces()).anyMatch(this::annotatedInHierarchy);
    }

    private boolean annotated(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (choices.annotations().contains(annotation.annotationType().getName())) {
                return true;
            }
        }
        return false;
    }

    private Function<Object, Verdict> lambda(Class<?> type) {
        if (Arrays.stream(type.getDeclaredFields()).allMatch(f -> Modifier.isStatic(f.getModifiers()))) {
            return always(Verdict.IMMUTABLE);
        }
        try {
            List<Field> fields = Fields.of(type, Object.class);
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return always(new ConstructedShape(type, fields, constructor, this::annotated));
        } catch (InaccessibleObjectException e) {
            return JdkLambda::verdict;
        }
    }

    private Verdict application(Class<?> type) {
        try {
            return type.isRecord() ? record(type) : plain(type);
        } catch (InaccessibleObjectException e) {
            return refused(
                    Finding.Kind.INACCESSIBLE,
                    "module " + type.getModule().getName() + " does not open package " + type.getPackageName(),
                    "start with --add-opens " + type.getModule().getName() + "/" + type.getPackageName()
                            + "=ALL-UNNAMED, or share the type");
        }
    }

    private Verdict record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            Field[] fields = new Field[components.length];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = type.getDeclaredField(components[i].getName());
                fields[i].setAccessible(true);
            }
            return fields.length == 0
                    ? Verdict.IMMUTABLE
                    : new ConstructedShape(type, Arrays.asList(fields), canonical, this::annotated);
        } catch (NoSuchMethodException | NoSuchFieldException e) {
            throw new IllegalStateException(type.getName() + " is a record without its canonical members", e);
        }
    }

    private Verdict plain(Class<?> type) {
        Class<?> above = ClassOrigin.nearestInJdk(type);
        List<Field> fields = Fields.of(type, above);
        if (type.isHidden() && fields.stream().anyMatch(f -> Modifier.isFinal(f.getModifiers()))) {
            return hidden(type, above, fields);
        }
        if (choices.withoutTransient()) {
            fields = fields.stream()
                    .filter(f -> !Modifier.isTransient(f.getModifiers()))
                    .toList();
        }
        if (above == null || JdkTypes.stateless(above)) {
            return fields.isEmpty() && Fields.of(type, above).isEmpty()
                    ? Verdict.IMMUTABLE
                    : new ObjectShape(type, fields, this::annotated);
        }
        Verdict extended = SubclassShape.of(type, above, inherited(above), fields, this::annotated);
        return extended != null ? extended : unknownSuperclass(type, above);
    }

    private static Verdict hidden(Class<?> type, @Nullable Class<?> above, List<Field> fields) {
        return JdkTypes.stateless(above)
                ? RoleShape.hidden(type, fields)
                : refused(
                        Finding.Kind.INACCESSIBLE,
                        "a hidden class that extends " + type.getSuperclass().getName()
                                + ": its final fields cannot be set",
                        "share the type if it is safe for all requests");
    }

    private static @Nullable Shape inherited(Class<?> above) {
        Function<Object, Verdict> known = SubclassShape.extendable(above) ? JdkTypes.exact(above) : null;
        return known != null && known.apply(above) instanceof Shape shape ? shape : null;
    }

    private static Verdict unknownSuperclass(Class<?> type, Class<?> above) {
        return refused(
                Finding.Kind.UNKNOWN,
                type.getName() + " extends " + above.getName() + " of the JDK, whose state cannot be reached",
                "hold such an object in a field instead of extending its class, or share the type");
    }

    private static Verdict unknown(Class<?> type) {
        return refused(
                Finding.Kind.UNKNOWN,
                "a class of the JDK that is not known to be immutable and cannot be copied by its public API",
                "keep its content in a collection or a class of your own, or mark the field @Shared if all requests may use"
                        + " the same one");
    }

    private static Verdict refused(Finding.Kind kind, String problem, String advice) {
        return new Verdict.Refused(kind, problem, advice);
    }
}
