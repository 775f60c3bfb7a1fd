package dev.sluice.war;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;

/** Finds classes that are made for the Servlet API before Jakarta EE 9, which this container does not have. */
final class JavaxTypes {
    private static final List<DotName> ANNOTATIONS =
            names("annotation.WebServlet", "annotation.WebFilter", "annotation.WebListener");
    private static final List<DotName> CLASSES = names("http.HttpServlet", "GenericServlet", "http.HttpFilter");
    private static final List<DotName> INTERFACES =
            names("Servlet", "Filter", "ServletContextListener", "ServletContainerInitializer");

    private JavaxTypes() {}

    private static List<DotName> names(String... names) {
        return Stream.of(names)
                .map(name -> DotName.createSimple("javax.servlet." + name))
                .toList();
    }

    /** The name of one of them. */
    static Optional<String> in(Index index) {
        Stream<DotName> annotated = ANNOTATIONS.stream()
                .flatMap(name -> index.getAnnotations(name).stream())
                .map(AnnotationInstance::target)
                .filter(target -> target.kind() == AnnotationTarget.Kind.CLASS)
                .map(target -> target.asClass().name());
        Stream<DotName> derived = Stream.concat(
                        CLASSES.stream().flatMap(name -> index.getKnownDirectSubclasses(name).stream()),
                        INTERFACES.stream().flatMap(name -> index.getKnownDirectImplementors(name).stream()))
                .map(ClassInfo::name);
        return Stream.concat(annotated, derived).map(DotName::toString).sorted().findFirst();
    }
}
