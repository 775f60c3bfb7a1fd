package dev.sluice.engine.registration;

import dev.sluice.engine.descriptor.FilterDescriptor;
import dev.sluice.engine.mapping.UrlPattern;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One filter: its registration, its configuration and its instance, made when the application starts. */
public final class FilterUnit extends Component implements FilterRegistration.Dynamic, FilterConfig {
    private final Registrations registrations;
    private @Nullable Class<? extends Filter> type;
    private @Nullable Filter filter;
    private boolean inService;

    FilterUnit(Registrations registrations, String name) {
        super(registrations.scope(), name);
        this.registrations = registrations;
    }

    void declare(FilterDescriptor declared) {
        className(declared.className());
        initParameters(declared.initParameters());
        asyncSupported(declared.asyncSupported());
    }

    void type(Class<? extends Filter> value) {
        type = value;
        className(value.getName());
    }

    void supply(Filter value) {
        filter = value;
        type(value.getClass());
    }

    /** The instance, in service. */
    public Filter filter() {
        Filter instance = filter;
        if (instance == null) {
            throw new IllegalStateException(
                    "The " + this + " is not in service (expected: initialised by the start of its application)");
        }
        return instance;
    }

    /** Makes and initialises the instance. */
    public void start() throws ServletException {
        if (filter == null) {
            filter = instantiate();
        }
        filter.init(this);
        inService = true;
    }

    /** Calls {@code destroy} if it was initialised. */
    public void stop() {
        Filter instance = filter;
        if (instance != null && inService) {
            inService = false;
            try {
                instance.destroy();
            } finally {
                scope.instances().destroy(instance);
            }
        }
    }

    private Filter instantiate() throws ServletException {
        Class<? extends Filter> known = type;
        if (known == null) {
            known = TypeLoading.load(
                    scope.classLoader(), String.valueOf(getClassName()), Filter.class, "filter " + getName());
            type = known;
        }
        try {
            return scope.instances().create(known);
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "The " + this + " cannot be instantiated: " + cause
                            + " (expected: a public class with a public constructor without parameters)",
                    cause);
        }
    }

    @Override
    public void addMappingForServletNames(
            @Nullable EnumSet<DispatcherType> types, boolean matchAfter, String... names) {
        scope.checkConfigurable("addMappingForServletNames");
        requireSome(names, "servlet names");
        for (String name : names) {
            registrations.mappings().add(new FilterTarget(this, null, name, dispatchers(types)), matchAfter);
        }
    }

    @Override
    public void addMappingForUrlPatterns(
            @Nullable EnumSet<DispatcherType> types, boolean matchAfter, String... patterns) {
        scope.checkConfigurable("addMappingForUrlPatterns");
        requireSome(patterns, "URL patterns");
        List<UrlPattern> parsed = Stream.of(patterns).map(UrlPattern::parse).toList();
        for (UrlPattern pattern : parsed) {
            registrations.mappings().add(new FilterTarget(this, pattern, null, dispatchers(types)), matchAfter);
        }
    }

    @Override
    public Collection<String> getServletNameMappings() {
        return registrations.mappings().servletNamesOf(this);
    }

    @Override
    public Collection<String> getUrlPatternMappings() {
        return registrations.mappings().urlPatternsOf(this);
    }

    @Override
    public String getFilterName() {
        return getName();
    }

    @Override
    public ServletContext getServletContext() {
        return scope.context();
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(initParameterNames());
    }

    private static Set<DispatcherType> dispatchers(@Nullable EnumSet<DispatcherType> types) {
        return types == null || types.isEmpty() ? EnumSet.of(DispatcherType.REQUEST) : EnumSet.copyOf(types);
    }

    @Override
    public String toString() {
        return "filter " + getName() + " (" + getClassName() + ")";
    }
}
