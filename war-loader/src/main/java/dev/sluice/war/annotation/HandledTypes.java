package dev.sluice.war.annotation;

import dev.sluice.engine.descriptor.InitializerDescriptor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** Finds the classes that a ServletContainerInitializer asks for with {@code @HandlesTypes} (Servlet 6.1, 8.2.4). */
public final class HandledTypes {
    private static final DotName HANDLES = Annotations.name("jakarta.servlet.annotation.HandlesTypes");

    private final IndexView index;
    private final ClassHierarchy hierarchy;

    /**
     * Prepares the search.
     *
     * @param index every class of the application
     * @param loader sees the types outside it
     */
    public HandledTypes(IndexView index, ClassLoader loader) {
        this.index = index;
        this.hierarchy = new ClassHierarchy(index, loader);
    }

    /** Whether the class has {@code @HandlesTypes}, so that all classes have to be scanned. */
    public static boolean asks(String initializer, ClassLoader loader) {
        IndexView nothing = IndexView.empty();
        return asked(new ClassHierarchy(nothing, loader).find(Annotations.name(initializer))).length > 0;
    }

    private static DotName[] asked(@Nullable ClassInfo initializer) {
        AnnotationInstance annotation = initializer == null ? null : initializer.declaredAnnotation(HANDLES);
        AnnotationValue value = annotation == null ? null : annotation.value();
        return value == null
                ? new DotName[0]
                : Arrays.stream(value.asClassArray()).map(type -> type.name()).toArray(DotName[]::new);
    }

    /** The initializers with what each of them handles, in the same order. */
    public List<InitializerDescriptor> describe(List<String> initializers) {
        return initializers.stream()
                .map(name -> new InitializerDescriptor(name, handled(asked(hierarchy.find(Annotations.name(name))))))
                .toList();
    }

    private Set<String> handled(DotName[] types) {
        Set<String> all = new HashSet<>();
        if (types.length == 0) {
            return all;
        }
        List<DotName> asked = List.of(types);
        for (DotName type : asked) {
            annotated(type, all);
        }
        for (ClassInfo candidate : index.getKnownClasses()) {
            Set<DotName> supertypes = hierarchy.supertypes(candidate.name());
            if (asked.stream().anyMatch(supertypes::contains)) {
                all.add(candidate.name().toString());
            }
        }
        asked.forEach(type -> all.remove(type.toString()));
        return all;
    }

    private void annotated(DotName type, Set<String> all) {
        for (AnnotationInstance found : index.getAnnotations(type)) {
            ClassInfo owner = owner(found.target());
            if (owner != null) {
                all.add(owner.name().toString());
            }
        }
    }

    private static @Nullable ClassInfo owner(@Nullable AnnotationTarget target) {
        if (target == null) {
            return null;
        }
        return switch (target.kind()) {
            case CLASS -> target.asClass();
            case METHOD -> target.asMethod().declaringClass();
            case FIELD -> target.asField().declaringClass();
            case METHOD_PARAMETER -> target.asMethodParameter().method().declaringClass();
            case RECORD_COMPONENT -> target.asRecordComponent().declaringClass();
            case TYPE -> null;
        };
    }
}
