package dev.sluice.war.annotation;

import static dev.sluice.war.annotation.Annotations.className;
import static dev.sluice.war.annotation.Annotations.flag;
import static dev.sluice.war.annotation.Annotations.name;
import static dev.sluice.war.annotation.Annotations.onClasses;
import static dev.sluice.war.annotation.Annotations.parameters;
import static dev.sluice.war.annotation.Annotations.text;
import static dev.sluice.war.annotation.Annotations.texts;

import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.descriptor.Part;
import dev.sluice.war.descriptor.Part.FilterPart;
import dev.sluice.war.descriptor.Part.ServletMapping;
import dev.sluice.war.descriptor.Part.ServletPart;
import dev.sluice.war.descriptor.UrlPatterns;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;

/** Reads {@code @WebServlet}, {@code @WebFilter} and {@code @WebListener} of one library (Servlet 6.1, 8.1). */
public final class AnnotationReader {
    private static final DotName SERVLET = name("jakarta.servlet.annotation.WebServlet");
    private static final DotName FILTER = name("jakarta.servlet.annotation.WebFilter");
    private static final DotName LISTENER = name("jakarta.servlet.annotation.WebListener");

    private final String source;
    private final Index index;

    private AnnotationReader(String source, Index index) {
        this.source = source;
        this.index = index;
    }

    /**
     * Reads them.
     *
     * @throws ArchiveException if an annotation contradicts itself or two name one servlet
     */
    public static Part read(String source, Index index) throws ArchiveException {
        return new AnnotationReader(source, index).part();
    }

    private Part part() throws ArchiveException {
        List<String> listeners =
                onClasses(index, LISTENER).stream().map(Annotations::className).toList();
        Map<String, ServletPart> servlets = new LinkedHashMap<>();
        List<ServletMapping> servletMappings = new ArrayList<>();
        for (AnnotationInstance found : onClasses(index, SERVLET)) {
            String servlet = nameOf(found, "name");
            unique(servlets.put(servlet, servlet(servlet, found)) != null, "servlet", servlet, found);
            List<String> patterns = patterns(found, servlet);
            if (!patterns.isEmpty()) {
                servletMappings.add(new ServletMapping(servlet, patterns));
            }
        }
        Map<String, FilterPart> filters = new LinkedHashMap<>();
        List<FilterMapping> filterMappings = new ArrayList<>();
        for (AnnotationInstance found : onClasses(index, FILTER)) {
            String filter = nameOf(found, "filterName");
            FilterPart part =
                    new FilterPart(filter, className(found), parameters(found), flag(found, "asyncSupported"));
            unique(filters.put(filter, part) != null, "filter", filter, found);
            List<String> patterns = patterns(found, filter);
            List<String> servletNames = texts(found, "servletNames");
            if (!patterns.isEmpty() || !servletNames.isEmpty()) {
                filterMappings.add(new FilterMapping(filter, patterns, servletNames, dispatchers(found)));
            }
        }
        return Part.annotations(source, listeners, servlets, servletMappings, filters, filterMappings);
    }

    private static String nameOf(AnnotationInstance found, String member) {
        String given = text(found, member);
        return given.isEmpty() ? className(found) : given;
    }

    private void unique(boolean taken, String kind, String name, AnnotationInstance found) throws ArchiveException {
        if (taken) {
            throw ArchiveException.of(
                    source,
                    "two classes declare the " + kind + " '" + name + "' by annotation, one of them " + className(found)
                            + " (expected: each name once)");
        }
    }

    private static ServletPart servlet(String name, AnnotationInstance found) {
        AnnotationValue order = found.value("loadOnStartup");
        return new ServletPart(
                name,
                className(found),
                null,
                parameters(found),
                order == null ? null : order.asInt(),
                flag(found, "asyncSupported"),
                null,
                Map.of(),
                null,
                null);
    }

    private List<String> patterns(AnnotationInstance found, String name) throws ArchiveException {
        List<String> value = texts(found, "value");
        List<String> patterns = texts(found, "urlPatterns");
        if (!value.isEmpty() && !patterns.isEmpty()) {
            throw ArchiveException.of(
                    source,
                    "@" + found.name().withoutPackagePrefix() + " on " + className(found)
                            + " has both value and urlPatterns (expected: one of them, Servlet 6.1, 8.1.1)");
        }
        return UrlPatterns.checked(source, name, value.isEmpty() ? patterns : value);
    }

    private static Set<DispatcherType> dispatchers(AnnotationInstance found) {
        AnnotationValue value = found.value("dispatcherTypes");
        return value == null
                ? Set.of()
                : List.of(value.asEnumArray()).stream()
                        .map(DispatcherType::valueOf)
                        .collect(Collectors.toSet());
    }
}
