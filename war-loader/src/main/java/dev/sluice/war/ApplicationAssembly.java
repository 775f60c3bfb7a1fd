package dev.sluice.war;

import dev.sluice.engine.descriptor.FilterDescriptor;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.InitializerDescriptor;
import dev.sluice.engine.descriptor.ListenerDescriptor;
import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.annotation.ComponentAnnotations;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.descriptor.Part;
import dev.sluice.war.descriptor.Part.FilterPart;
import dev.sluice.war.descriptor.Part.ServletMapping;
import dev.sluice.war.descriptor.Part.ServletPart;
import dev.sluice.war.descriptor.WebXml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the final description of the merged part, and checks that its names refer to something. */
final class ApplicationAssembly {
    private static final Set<String> CONTAINER_SERVLETS = Set.of("default", "jsp");

    private final WebXml webXml;
    private final Part merged;
    private final List<String> tagListeners;
    private final ComponentAnnotations annotations;

    ApplicationAssembly(WebXml webXml, Part merged, List<String> tagListeners, ComponentAnnotations annotations) {
        this.tagListeners = tagListeners;
        this.webXml = webXml;
        this.merged = merged;
        this.annotations = annotations;
    }

    WebApplication application(List<InitializerDescriptor> initializers, @Nullable List<String> orderedLibraries)
            throws ArchiveException {
        Map<String, List<String>> patterns = patterns();
        Set<String> components = components();
        return WebApplication.builder()
                .displayName(webXml.displayName())
                .version(webXml.version())
                .metadataComplete(webXml.metadataComplete())
                .distributable(webXml.present() && merged.distributable())
                .denyUncoveredHttpMethods(webXml.denyUncoveredHttpMethods())
                .defaultContextPath(webXml.defaultContextPath())
                .requestCharacterEncoding(webXml.requestCharacterEncoding())
                .responseCharacterEncoding(webXml.responseCharacterEncoding())
                .contextParameters(merged.contextParameters())
                .listeners(listeners())
                .servlets(servlets(patterns))
                .containerServletMappings(containerMappings(patterns))
                .filters(filters())
                .filterMappings(filterMappings())
                .welcomeFiles(merged.welcomeFiles())
                .errorPages(merged.errorPages())
                .mimeMappings(merged.mimeMappings())
                .localeEncodings(merged.localeEncodings())
                .session(merged.session())
                .securityConstraints(merged.constraints())
                .login(merged.login())
                .securityRoles(roles(components))
                .initializers(initializers)
                .jsp(merged.jsp())
                .namingEntries(naming(components))
                .postConstructs(callbacks(merged.postConstructs(), components, annotations::postConstructs))
                .preDestroys(callbacks(merged.preDestroys(), components, annotations::preDestroys))
                .orderedLibraries(orderedLibraries)
                .build();
    }

    /** Those of tag libraries come last, and not again where they are declared already (Jakarta Pages 4.0, JSP.7.1.9). */
    private List<ListenerDescriptor> listeners() {
        return Stream.concat(
                        merged.listeners().stream().map(name -> new ListenerDescriptor(name, false)),
                        tagListeners.stream()
                                .filter(name -> !merged.listeners().contains(name))
                                .map(name -> new ListenerDescriptor(name, true)))
                .toList();
    }

    private Map<String, List<String>> patterns() throws ArchiveException {
        Map<String, List<String>> byServlet = new LinkedHashMap<>();
        Map<String, String> byPattern = new HashMap<>();
        for (ServletMapping mapping : merged.servletMappings()) {
            String name = mapping.servletName();
            if (!merged.servlets().containsKey(name) && !CONTAINER_SERVLETS.contains(name)) {
                throw ArchiveException.of(
                        merged.source(),
                        "the servlet-mapping of " + mapping.urlPatterns() + " names the servlet '" + name
                                + "', which nothing declares (expected: one of "
                                + merged.servlets().keySet() + ")");
            }
            for (String pattern : mapping.urlPatterns()) {
                String before = byPattern.putIfAbsent(pattern, name);
                if (before == null) {
                    byServlet.computeIfAbsent(name, key -> new ArrayList<>()).add(pattern);
                } else if (!before.equals(name)) {
                    // Servlet 6.1, 12.2: one pattern for two servlets fails the deployment.
                    throw ArchiveException.of(
                            merged.source(),
                            "the url-pattern '" + pattern + "' maps to the servlets '" + before + "' and '" + name
                                    + "' (expected: to one)");
                }
            }
        }
        return byServlet;
    }

    private List<ServletDescriptor> servlets(Map<String, List<String>> patterns) {
        List<ServletDescriptor> all = new ArrayList<>();
        for (ServletPart servlet : merged.servlets().values()) {
            if (servlet.className() == null
                    && servlet.jspFile() == null
                    && CONTAINER_SERVLETS.contains(servlet.name())) {
                continue;
            }
            all.add(servlet(servlet, patterns.getOrDefault(servlet.name(), List.of())));
        }
        return all;
    }

    private ServletDescriptor servlet(ServletPart servlet, List<String> patterns) {
        String className = servlet.className();
        MultipartDescriptor multipart = servlet.multipart() != null || className == null
                ? servlet.multipart()
                : annotations.multipart(className);
        String runAs = servlet.runAs() != null || className == null ? servlet.runAs() : annotations.runAs(className);
        return new ServletDescriptor(
                servlet.name(),
                className,
                servlet.jspFile(),
                servlet.initParameters(),
                Objects.requireNonNullElse(servlet.loadOnStartup(), -1),
                Boolean.TRUE.equals(servlet.asyncSupported()),
                !Boolean.FALSE.equals(servlet.enabled()),
                patterns,
                servlet.roleReferences(),
                runAs,
                multipart);
    }

    /** {@code default} and {@code jsp} may be mapped without a declaration: the container has them. */
    private Map<String, List<String>> containerMappings(Map<String, List<String>> patterns) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        patterns.forEach((name, mapped) -> {
            ServletPart declared = merged.servlets().get(name);
            if (declared == null || declared.className() == null && declared.jspFile() == null) {
                all.put(name, mapped);
            }
        });
        return all;
    }

    private List<FilterDescriptor> filters() {
        List<FilterDescriptor> all = new ArrayList<>();
        for (FilterPart filter : merged.filters().values()) {
            all.add(new FilterDescriptor(
                    filter.name(),
                    filter.className(),
                    filter.initParameters(),
                    Boolean.TRUE.equals(filter.asyncSupported())));
        }
        return all;
    }

    private List<FilterMapping> filterMappings() throws ArchiveException {
        for (FilterMapping mapping : merged.filterMappings()) {
            if (!merged.filters().containsKey(mapping.filterName())) {
                throw ArchiveException.of(
                        merged.source(),
                        "a filter-mapping names the filter '" + mapping.filterName()
                                + "', which nothing declares (expected: one of "
                                + merged.filters().keySet() + ")");
            }
        }
        return merged.filterMappings();
    }

    /** The classes that the container creates: servlets, filters and listeners. */
    private Set<String> components() {
        Set<String> all = new LinkedHashSet<>(merged.listeners());
        all.addAll(tagListeners);
        Stream.concat(
                        merged.filters().values().stream().map(FilterPart::className),
                        merged.servlets().values().stream().map(ServletPart::className))
                .filter(Objects::nonNull)
                .forEach(all::add);
        return all;
    }

    private Set<String> roles(Set<String> components) {
        Set<String> all = new LinkedHashSet<>(merged.roles());
        if (!webXml.metadataComplete()) {
            components.forEach(name -> all.addAll(annotations.roles(name)));
        }
        return all;
    }

    /** A descriptor's entry wins over an annotation of the same name, and gets its injection target. */
    private List<NamingDescriptor> naming(Set<String> components) {
        Map<String, NamingDescriptor> all = new LinkedHashMap<>(merged.naming());
        if (!webXml.metadataComplete()) {
            for (String component : components) {
                annotations
                        .resources(component)
                        .forEach(found -> all.merge(found.name(), found, ApplicationAssembly::both));
            }
        }
        return List.copyOf(all.values());
    }

    private static NamingDescriptor both(NamingDescriptor first, NamingDescriptor second) {
        return new NamingDescriptor(
                first.kind(),
                first.name(),
                first.type() != null ? first.type() : second.type(),
                first.value(),
                first.lookupName() != null ? first.lookupName() : second.lookupName(),
                Stream.concat(first.targets().stream(), second.targets().stream())
                        .distinct()
                        .toList());
    }

    private interface Callbacks {
        Set<String> of(String className);
    }

    private Set<String> callbacks(Set<String> declared, Set<String> components, Callbacks annotated) {
        Set<String> all = new LinkedHashSet<>(declared);
        if (!webXml.metadataComplete()) {
            components.forEach(name -> all.addAll(annotated.of(name)));
        }
        return all;
    }
}
