package dev.sluice.war.descriptor;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.JspDescriptor;
import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SessionDescriptor;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.descriptor.Part.FilterPart;
import dev.sluice.war.descriptor.Part.ServletMapping;
import dev.sluice.war.descriptor.Part.ServletPart;
import jakarta.servlet.SessionTrackingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges parts by the rules of Servlet 6.1, 8.2.3. A pure function over immutable parts.
 *
 * <p>The merger of jboss-metadata is not used: it changes its arguments, unites the dispatchers of all mappings of a filter, loses
 * their order, and its errors do not say which files disagree.
 */
public final class PartMerger {
    private final Part main;
    private final List<Part> others;
    private final Conflict conflict;

    private PartMerger(Part main, List<Part> others, boolean strict) {
        this.main = main;
        this.others = others;
        this.conflict = new Conflict(main, others, strict);
    }

    /** A descriptor over the annotations of the same library: the descriptor wins everywhere. */
    public static Part overlay(Part descriptor, Part annotations) throws ArchiveException {
        return new PartMerger(descriptor, List.of(annotations), false).merge();
    }

    /**
     * The main part, augmented by fragments in their order.
     *
     * @throws ArchiveException if two fragments disagree and the main part does not decide
     */
    public static Part augment(Part main, List<Part> fragments) throws ArchiveException {
        return fragments.isEmpty() ? main : new PartMerger(main, fragments, true).merge();
    }

    private Part merge() throws ArchiveException {
        return new Part(
                main.source(),
                Stream.concat(Stream.of(main), others.stream()).allMatch(Part::distributable),
                conflict.entries("context-param", Part::contextParameters),
                union(Part::listeners),
                servlets(),
                servletMappings(),
                filters(),
                filterMappings(),
                union(Part::welcomeFiles),
                errorPages(),
                conflict.entries("mime-mapping", Part::mimeMappings),
                conflict.entries("locale-encoding-mapping", Part::localeEncodings),
                session(),
                constraints(),
                login(),
                new LinkedHashSet<>(union(Part::roles)),
                jsp(),
                naming(),
                new LinkedHashSet<>(union(Part::postConstructs)),
                new LinkedHashSet<>(union(Part::preDestroys)));
    }

    private <T> List<T> union(Function<Part, ? extends Collection<T>> getter) {
        return Stream.concat(Stream.of(main), others.stream())
                .flatMap(part -> getter.apply(part).stream())
                .distinct()
                .toList();
    }

    private Set<String> names(Function<Part, Map<String, ?>> getter) {
        return new LinkedHashSet<>(union(part -> getter.apply(part).keySet()));
    }

    private Map<String, ServletPart> servlets() throws ArchiveException {
        Map<String, ServletPart> all = new LinkedHashMap<>();
        for (String name : names(Part::servlets)) {
            ServletPart own = main.servlets().get(name);
            // A servlet has a class or a JSP file: what the main part says decides about both.
            boolean implemented = own != null && (own.className() != null || own.jspFile() != null);
            String what = "servlet '" + name + "': ";
            all.put(
                    name,
                    new ServletPart(
                            name,
                            own != null && implemented
                                    ? own.className()
                                    : of(name, what + "servlet-class", ServletPart::className),
                            own != null && implemented
                                    ? own.jspFile()
                                    : of(name, what + "jsp-file", ServletPart::jspFile),
                            servletEntries(name, what + "init-param", ServletPart::initParameters),
                            of(name, what + "load-on-startup", ServletPart::loadOnStartup),
                            of(name, what + "async-supported", ServletPart::asyncSupported),
                            of(name, what + "enabled", ServletPart::enabled),
                            servletEntries(name, what + "security-role-ref", ServletPart::roleReferences),
                            of(name, what + "run-as", ServletPart::runAs),
                            of(name, what + "multipart-config", ServletPart::multipart)));
        }
        return all;
    }

    private <T> @Nullable T of(String servlet, String what, Function<ServletPart, @Nullable T> getter)
            throws ArchiveException {
        return conflict.value(what, part -> {
            ServletPart found = part.servlets().get(servlet);
            return found == null ? null : getter.apply(found);
        });
    }

    private Map<String, String> servletEntries(
            String servlet, String what, Function<ServletPart, Map<String, String>> getter) throws ArchiveException {
        return conflict.entries(what, part -> {
            ServletPart found = part.servlets().get(servlet);
            return found == null ? Map.of() : getter.apply(found);
        });
    }

    private Map<String, FilterPart> filters() throws ArchiveException {
        Map<String, FilterPart> all = new LinkedHashMap<>();
        for (String name : names(Part::filters)) {
            String what = "filter '" + name + "': ";
            String className = conflict.value(what + "filter-class", part -> {
                FilterPart found = part.filters().get(name);
                return found == null ? null : found.className();
            });
            Boolean async = conflict.value(what + "async-supported", part -> {
                FilterPart found = part.filters().get(name);
                return found == null ? null : found.asyncSupported();
            });
            Map<String, String> parameters = conflict.entries(what + "init-param", part -> {
                FilterPart found = part.filters().get(name);
                return found == null ? Map.of() : found.initParameters();
            });
            all.put(name, new FilterPart(name, className, parameters, async));
        }
        return all;
    }

    /** The main part's mappings of a servlet, and its use of a pattern, replace those of the others. */
    private List<ServletMapping> servletMappings() {
        Set<String> decided =
                main.servletMappings().stream().map(ServletMapping::servletName).collect(Collectors.toSet());
        Set<String> taken = main.servletMappings().stream()
                .flatMap(mapping -> mapping.urlPatterns().stream())
                .collect(Collectors.toSet());
        List<ServletMapping> all = new ArrayList<>(main.servletMappings());
        for (Part other : others) {
            for (ServletMapping mapping : other.servletMappings()) {
                List<String> free = mapping.urlPatterns().stream()
                        .filter(pattern -> !taken.contains(pattern))
                        .toList();
                if (!decided.contains(mapping.servletName()) && !free.isEmpty()) {
                    all.add(new ServletMapping(mapping.servletName(), free));
                }
            }
        }
        return all;
    }

    private List<FilterMapping> filterMappings() {
        Set<String> decided =
                main.filterMappings().stream().map(FilterMapping::filterName).collect(Collectors.toSet());
        List<FilterMapping> all = new ArrayList<>(main.filterMappings());
        for (Part other : others) {
            other.filterMappings().stream()
                    .filter(mapping -> !decided.contains(mapping.filterName()))
                    .forEach(all::add);
        }
        return all;
    }

    private List<ErrorPage> errorPages() throws ArchiveException {
        Map<String, ErrorPage> chosen = conflict.entries("error-page", part -> {
            Map<String, ErrorPage> byCause = new LinkedHashMap<>();
            part.errorPages().forEach(page -> byCause.putIfAbsent(page.status() + " " + page.exceptionClass(), page));
            return byCause;
        });
        return List.copyOf(chosen.values());
    }

    private SessionDescriptor session() throws ArchiveException {
        Set<SessionTrackingMode> modes = conflict.value(
                "tracking-mode",
                part -> part.session().trackingModes().isEmpty()
                        ? null
                        : part.session().trackingModes());
        return new SessionDescriptor(
                conflict.value("session-timeout", part -> part.session().timeoutMinutes()),
                conflict.value("cookie-config name", part -> part.session().cookieName()),
                conflict.value("cookie-config domain", part -> part.session().cookieDomain()),
                conflict.value("cookie-config path", part -> part.session().cookiePath()),
                conflict.value("cookie-config http-only", part -> part.session().cookieHttpOnly()),
                conflict.value("cookie-config secure", part -> part.session().cookieSecure()),
                conflict.value("cookie-config max-age", part -> part.session().cookieMaxAge()),
                conflict.entries(
                        "cookie-config attribute", part -> part.session().cookieAttributes()),
                modes == null ? Set.of() : modes);
    }

    private @Nullable LoginDescriptor login() throws ArchiveException {
        return conflict.value("login-config", Part::login);
    }

    /** URL patterns that the main part constrains are not constrained again by the others. */
    private List<SecurityConstraint> constraints() {
        Set<String> decided = new HashSet<>();
        for (SecurityConstraint constraint : main.constraints()) {
            constraint.collections().forEach(collection -> decided.addAll(collection.urlPatterns()));
        }
        List<SecurityConstraint> all = new ArrayList<>(main.constraints());
        for (Part other : others) {
            for (SecurityConstraint constraint : other.constraints()) {
                List<ResourceCollection> left = constraint.collections().stream()
                        .map(collection -> without(collection, decided))
                        .filter(collection -> !collection.urlPatterns().isEmpty())
                        .toList();
                if (!left.isEmpty()) {
                    all.add(new SecurityConstraint(left, constraint.roles(), constraint.transport()));
                }
            }
        }
        return all;
    }

    private static ResourceCollection without(ResourceCollection collection, Set<String> patterns) {
        return new ResourceCollection(
                collection.name(),
                collection.urlPatterns().stream()
                        .filter(pattern -> !patterns.contains(pattern))
                        .toList(),
                collection.methods(),
                collection.methodOmissions());
    }

    private JspDescriptor jsp() throws ArchiveException {
        return new JspDescriptor(
                union(part -> part.jsp().propertyGroups()),
                conflict.entries("taglib", part -> part.jsp().tagLibraries()));
    }

    private Map<String, NamingDescriptor> naming() throws ArchiveException {
        Map<String, NamingDescriptor> chosen = conflict.entries("java:comp/env entry", part -> {
            Map<String, NamingDescriptor> plain = new LinkedHashMap<>();
            part.naming().forEach((name, entry) -> plain.put(name, withTargets(entry, List.of())));
            return plain;
        });
        Map<String, NamingDescriptor> all = new LinkedHashMap<>();
        chosen.forEach((name, entry) -> all.put(name, withTargets(entry, union(part -> {
            NamingDescriptor found = part.naming().get(name);
            return found == null ? List.of() : found.targets();
        }))));
        return all;
    }

    private static NamingDescriptor withTargets(
            NamingDescriptor entry, List<NamingDescriptor.InjectionTarget> targets) {
        return new NamingDescriptor(
                entry.kind(), entry.name(), entry.type(), entry.value(), entry.lookupName(), targets);
    }
}
