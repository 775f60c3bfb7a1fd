package dev.sluice.war.annotation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jspecify.annotations.Nullable;

/** Reads annotation values without the annotations' classes. */
final class Annotations {
    private Annotations() {}

    static DotName name(String className) {
        return DotName.createSimple(className);
    }

    /** The annotations of one type on classes, in the order of the class names, so that every run gives the same result. */
    static List<AnnotationInstance> onClasses(Index index, DotName type) {
        return index.getAnnotations(type).stream()
                .filter(found -> found.target().kind() == AnnotationTarget.Kind.CLASS)
                .sorted((a, b) -> a.target()
                        .asClass()
                        .name()
                        .compareTo(b.target().asClass().name()))
                .toList();
    }

    static String className(AnnotationInstance found) {
        return found.target().asClass().name().toString();
    }

    static String text(AnnotationInstance found, String member) {
        AnnotationValue value = found.value(member);
        return value == null ? "" : value.asString();
    }

    static List<String> texts(AnnotationInstance found, String member) {
        AnnotationValue value = found.value(member);
        return value == null ? List.of() : List.of(value.asStringArray());
    }

    static boolean flag(AnnotationInstance found, String member) {
        AnnotationValue value = found.value(member);
        return value != null && value.asBoolean();
    }

    static Map<String, String> parameters(AnnotationInstance found) {
        AnnotationValue value = found.value("initParams");
        Map<String, String> all = new LinkedHashMap<>();
        if (value != null) {
            for (AnnotationInstance parameter : value.asNestedArray()) {
                all.putIfAbsent(text(parameter, "name"), text(parameter, "value"));
            }
        }
        return all;
    }

    static Stream<AnnotationInstance> declared(ClassInfo type, DotName annotation) {
        AnnotationInstance found = type.declaredAnnotation(annotation);
        return found == null ? Stream.empty() : Stream.of(found);
    }

    static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
