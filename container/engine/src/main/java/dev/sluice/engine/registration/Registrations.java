package dev.sluice.engine.registration;

import dev.sluice.engine.descriptor.FilterDescriptor;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.mapping.MappingTable;
import dev.sluice.engine.mapping.UrlPattern;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servlets and filters of an application. Filled by the thread that starts it, first from the descriptor, then by initializers and
 * listeners; read by all after that.
 */
public final class Registrations {
    /** The instances that applications have registered, of all applications of this process, by identity. */
    private static final Set<Object> REGISTERED =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private final RegistrationScope scope;
    private final Map<String, ServletUnit> servlets = new LinkedHashMap<>();
    private final Map<String, FilterUnit> filters = new LinkedHashMap<>();
    private final Map<String, ServletUnit> byPattern = new LinkedHashMap<>();
    private final FilterMappings mappings = new FilterMappings();
    private final List<Object> instances = new ArrayList<>();

    /** None yet. */
    public Registrations(RegistrationScope scope) {
        this.scope = scope;
    }

    RegistrationScope scope() {
        return scope;
    }

    FilterMappings mappings() {
        return mappings;
    }

    /** Takes a declared servlet and its mappings. */
    public ServletUnit declare(ServletDescriptor declared) throws ServletException {
        ServletUnit unit = new ServletUnit(this, declared.name());
        unit.declare(declared);
        servlets.put(declared.name(), unit);
        Set<String> conflicts = map(unit, declared.urlPatterns());
        if (!conflicts.isEmpty()) {
            String pattern = conflicts.iterator().next();
            // Servlet 6.1, 12.2: the same pattern for two servlets fails the deployment
            throw new ServletException("The url-pattern " + pattern + " of " + unit + " belongs to the "
                    + byPattern.get(pattern) + " already (expected: one servlet); remove one of the mappings");
        }
        return unit;
    }

    /** Takes a declared filter. */
    public void declare(FilterDescriptor declared) {
        FilterUnit unit = new FilterUnit(this, declared.name());
        unit.declare(declared);
        filters.put(declared.name(), unit);
    }

    /** Takes a declared filter mapping; its filter is declared already. */
    public void declare(FilterMapping mapping) throws ServletException {
        FilterUnit filter = filters.get(mapping.filterName());
        if (filter == null) {
            throw new ServletException("A filter-mapping names the filter " + mapping.filterName()
                    + " (expected: one of " + filters.keySet() + ")");
        }
        for (String pattern : mapping.urlPatterns()) {
            mappings.add(new FilterTarget(filter, UrlPattern.parse(pattern), null, mapping.dispatchers()), true);
        }
        for (String name : mapping.servletNames()) {
            mappings.add(new FilterTarget(filter, null, name, mapping.dispatchers()), true);
        }
    }

    /**
     * Adds a servlet of the container itself, such as the default servlet; patterns that the application has mapped stay the application's.
     */
    public ServletUnit provide(
            String name, Servlet servlet, Map<String, String> initParameters, List<String> patterns) {
        ServletUnit unit = new ServletUnit(this, name);
        unit.supply(servlet);
        unit.initParameters(initParameters);
        unit.asyncSupported(true);
        unit.providedByContainer(true);
        servlets.putIfAbsent(name, unit);
        ServletUnit registered = servlets.get(name);
        for (String pattern : patterns) {
            if (!byPattern.containsKey(pattern)) {
                byPattern.put(pattern, registered);
                registered.addPattern(pattern);
            }
        }
        return registered;
    }

    /** Gives a servlet an instance that the container has made, as for a {@code jsp-file}. */
    public void supply(ServletUnit unit, Servlet servlet, Map<String, String> initParameters) {
        unit.supply(servlet);
        unit.initParameters(initParameters);
    }

    /** Gives a declared servlet, whose class is one that the container has its own servlet for, that servlet; declared parameters win. */
    public void supplyOwn(ServletUnit unit, Servlet servlet, Map<String, String> initParameters) {
        Map<String, String> absent = new LinkedHashMap<>(initParameters);
        absent.keySet().removeAll(unit.initParameterNames());
        unit.supply(servlet);
        unit.initParameters(absent);
        unit.providedByContainer(true);
    }

    /** {@code addServlet}: null if the name is taken. */
    public @Nullable ServletUnit addServlet(String name, @Nullable String className) {
        ServletUnit unit = newServlet(name);
        if (unit != null) {
            unit.className(className);
        }
        return unit;
    }

    /** {@code addServlet}: null if the name is taken. */
    public @Nullable ServletUnit addServlet(String name, Class<? extends Servlet> type) {
        ServletUnit unit = newServlet(name);
        if (unit != null) {
            unit.type(type);
        }
        return unit;
    }

    /** {@code addServlet}: null if the name is taken, or if the instance is registered, here or in another application. */
    public @Nullable ServletUnit addServlet(String name, Servlet servlet) {
        requireName(name, "servlet");
        if (taken(servlets.get(name)) || !claim(servlet)) {
            return null;
        }
        ServletUnit unit = newServlet(name);
        if (unit != null) {
            unit.supply(servlet);
        }
        return unit;
    }

    /** {@code addJspFile}: null if the name is taken. */
    public @Nullable ServletUnit addJspFile(String name, String jspFile) {
        ServletUnit unit = newServlet(name);
        if (unit != null) {
            unit.jspFile(jspFile);
        }
        return unit;
    }

    /** {@code addFilter}: null if the name is taken. */
    public @Nullable FilterUnit addFilter(String name, @Nullable String className) {
        FilterUnit unit = newFilter(name);
        if (unit != null) {
            unit.className(className);
        }
        return unit;
    }

    /** {@code addFilter}: null if the name is taken. */
    public @Nullable FilterUnit addFilter(String name, Class<? extends Filter> type) {
        FilterUnit unit = newFilter(name);
        if (unit != null) {
            unit.type(type);
        }
        return unit;
    }

    /** {@code addFilter}: null if the name is taken, or if the instance is registered, here or in another application. */
    public @Nullable FilterUnit addFilter(String name, Filter filter) {
        requireName(name, "filter");
        if (taken(filters.get(name)) || !claim(filter)) {
            return null;
        }
        FilterUnit unit = newFilter(name);
        if (unit != null) {
            unit.supply(filter);
        }
        return unit;
    }

    private boolean claim(Object instance) {
        Objects.requireNonNull(instance, "instance");
        return REGISTERED.add(instance) && instances.add(instance);
    }

    /** The application has stopped: its instances may be registered again. */
    public void release() {
        instances.forEach(REGISTERED::remove);
        instances.clear();
    }

    /**
     * Refuses servlets and filters that nothing implements.
     *
     * @throws ServletException naming the first one
     */
    public void requireComplete() throws ServletException {
        for (Component component : components()) {
            if (component.preliminary()) {
                throw new ServletException("Nothing implements the " + component
                        + " (expected: a class in the descriptor, a jsp-file for a servlet, or a program that adds it"
                        + " by that name); give it a class");
            }
        }
    }

    private List<Component> components() {
        List<Component> all = new ArrayList<>(servlets.values());
        all.addAll(filters.values());
        return all;
    }

    /** The servlet with this name, or null. */
    public @Nullable ServletUnit servlet(String name) {
        return servlets.get(name);
    }

    /** The filter with this name, or null. */
    public @Nullable FilterUnit filter(String name) {
        return filters.get(name);
    }

    /** By name, in the order of registration. */
    public Map<String, ServletUnit> servlets() {
        return new LinkedHashMap<>(servlets);
    }

    /** By name, in the order of registration. */
    public Map<String, FilterUnit> filters() {
        return new LinkedHashMap<>(filters);
    }

    /**
     * The servlets to initialise at start, in their order (Servlet 6.1, 14.4, load-on-startup), and those that are forked per request, since
     * whether they can be shows only then.
     */
    public List<ServletUnit> startOrder() {
        List<ServletUnit> order = new ArrayList<>(servlets.values());
        order.removeIf(unit -> unit.loadOnStartup() < 0 && !unit.forkedPerRequest() || !unit.enabled());
        order.sort(
                Comparator.comparingInt(unit -> unit.loadOnStartup() < 0 ? Integer.MAX_VALUE : unit.loadOnStartup()));
        return order;
    }

    /** The URL patterns of servlets and filters as they were written. */
    public Set<String> patterns() {
        Set<String> patterns = new LinkedHashSet<>(byPattern.keySet());
        filters.values().forEach(filter -> patterns.addAll(filter.getUrlPatternMappings()));
        return patterns;
    }

    /** The table of all URL patterns. */
    public MappingTable<ServletUnit> table() {
        MappingTable.Builder<ServletUnit> table = MappingTable.builder();
        byPattern.forEach((pattern, unit) -> table.add(UrlPattern.parse(pattern), unit));
        return table.build();
    }

    /** The filter chains. */
    public FilterChains chains() {
        return new FilterChains(mappings, servlets.keySet());
    }

    /** Maps patterns to a servlet, all or none; returns those that belong to another servlet. */
    Set<String> map(ServletUnit unit, Collection<String> patterns) {
        Set<String> conflicts = new LinkedHashSet<>();
        for (String pattern : patterns) {
            UrlPattern.parse(pattern);
            ServletUnit owner = byPattern.get(pattern);
            if (owner != null && owner != unit && !owner.containerProvided()) {
                conflicts.add(pattern);
            }
        }
        if (conflicts.isEmpty()) {
            for (String pattern : patterns) {
                ServletUnit before = byPattern.put(pattern, unit);
                if (before != null && before != unit) {
                    before.removePattern(pattern);
                }
                unit.addPattern(pattern);
            }
            if (unit.security() != null) {
                scope.secure(unit.getName(), patterns, unit.security());
            }
        }
        return conflicts;
    }

    private @Nullable ServletUnit newServlet(@Nullable String name) {
        String key = requireName(name, "servlet");
        ServletUnit existing = servlets.get(key);
        if (taken(existing)) {
            return null;
        }
        if (existing != null && existing.preliminary()) {
            return existing;
        }
        ServletUnit unit = new ServletUnit(this, key);
        servlets.put(key, unit);
        return unit;
    }

    private @Nullable FilterUnit newFilter(@Nullable String name) {
        String key = requireName(name, "filter");
        FilterUnit existing = filters.get(key);
        if (existing != null) {
            return taken(existing) ? null : existing;
        }
        FilterUnit unit = new FilterUnit(this, key);
        filters.put(key, unit);
        return unit;
    }

    private static boolean taken(@Nullable Component existing) {
        return existing != null
                && !existing.preliminary()
                && !(existing instanceof ServletUnit servlet && servlet.containerProvided());
    }

    private static String requireName(@Nullable String name, String what) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("The name of a " + what + " is " + (name == null ? "null" : "empty")
                    + " (expected: at least one character)");
        }
        return name;
    }
}
