package dev.sluice.war.descriptor;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.MultipartDescriptor;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.descriptor.Part.FilterPart;
import dev.sluice.war.descriptor.Part.ServletMapping;
import dev.sluice.war.descriptor.Part.ServletPart;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.metadata.javaee.spec.ParamValueMetaData;
import org.jboss.metadata.javaee.spec.SecurityRoleRefMetaData;
import org.jboss.metadata.web.spec.ErrorPageMetaData;
import org.jboss.metadata.web.spec.FilterMappingMetaData;
import org.jboss.metadata.web.spec.FilterMetaData;
import org.jboss.metadata.web.spec.ListenerMetaData;
import org.jboss.metadata.web.spec.LocaleEncodingMetaData;
import org.jboss.metadata.web.spec.MimeMappingMetaData;
import org.jboss.metadata.web.spec.MultipartConfigMetaData;
import org.jboss.metadata.web.spec.ServletMappingMetaData;
import org.jboss.metadata.web.spec.ServletMetaData;
import org.jboss.metadata.web.spec.WebCommonMetaData;
import org.jspecify.annotations.Nullable;

/** Turns the parser's mutable metadata into a {@link Part}. */
public final class PartReader {
    private final String place;
    private final WebCommonMetaData data;

    private PartReader(String place, WebCommonMetaData data) {
        this.place = place;
        this.data = data;
    }

    /**
     * Reads a descriptor's metadata.
     *
     * @throws ArchiveException if something is missing or has a wrong value
     */
    public static Part read(String place, WebCommonMetaData data) throws ArchiveException {
        return new PartReader(place, data).part();
    }

    private Part part() throws ArchiveException {
        return new Part(
                place,
                data.getDistributable() != null,
                parameters(data.getContextParams(), "context-param"),
                listeners(),
                servlets(),
                servletMappings(),
                filters(),
                filterMappings(),
                data.getWelcomeFileList() == null
                        ? List.of()
                        : list(data.getWelcomeFileList().getWelcomeFiles()),
                errorPages(),
                mimeMappings(),
                localeEncodings(),
                ConfigReader.session(data.getSessionConfig()),
                ConfigReader.constraints(place, data.getSecurityConstraints()),
                ConfigReader.login(data.getLoginConfig()),
                data.getSecurityRoles() == null
                        ? Set.of()
                        : new LinkedHashSet<>(data.getSecurityRoles().keySet()),
                ConfigReader.jsp(data.getJspConfig()),
                NamingReader.entries(place, data.getJndiEnvironmentRefsGroup()),
                NamingReader.callbacks(data.getPostConstructs()),
                NamingReader.callbacks(data.getPreDestroys()));
    }

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }

    private Map<String, String> parameters(@Nullable List<ParamValueMetaData> values, String element)
            throws ArchiveException {
        Map<String, String> all = new LinkedHashMap<>();
        for (ParamValueMetaData value : list(values)) {
            String name = required(value.getParamName(), "param-name", element);
            // Servlet 6.1, 8.1: the first of two parameters with one name is as good as the second; the schema forbids
            // it.
            all.putIfAbsent(name, required(value.getParamValue(), "param-value", element + " " + name));
        }
        return all;
    }

    private String required(@Nullable String value, String element, String in) throws ArchiveException {
        if (value == null) {
            throw ArchiveException.of(place, "<" + element + "> is missing in " + in + " (expected: one)");
        }
        return value;
    }

    private List<String> listeners() throws ArchiveException {
        List<String> all = new ArrayList<>();
        for (ListenerMetaData listener : list(data.getListeners())) {
            all.add(required(listener.getListenerClass(), "listener-class", "a listener"));
        }
        return all;
    }

    private Map<String, ServletPart> servlets() throws ArchiveException {
        Map<String, ServletPart> all = new LinkedHashMap<>();
        if (data.getServlets() != null) {
            for (ServletMetaData servlet : data.getServlets()) {
                String name = required(servlet.getServletName(), "servlet-name", "a servlet");
                all.put(name, servlet(name, servlet));
            }
        }
        return all;
    }

    private ServletPart servlet(String name, ServletMetaData servlet) throws ArchiveException {
        Map<String, String> references = new LinkedHashMap<>();
        if (servlet.getSecurityRoleRefs() != null) {
            for (SecurityRoleRefMetaData reference : servlet.getSecurityRoleRefs()) {
                String role = reference.getRoleName();
                references.put(role, reference.getRoleLink() == null ? role : reference.getRoleLink());
            }
        }
        return new ServletPart(
                name,
                servlet.getServletClass(),
                servlet.getJspFile(),
                parameters(servlet.getInitParam(), "init-param of servlet " + name),
                loadOnStartup(name, servlet.getLoadOnStartup()),
                servlet.getAsyncSupportedSet() ? servlet.isAsyncSupported() : null,
                servlet.getEnabledSet() ? servlet.isEnabled() : null,
                references,
                servlet.getRunAs() == null ? null : servlet.getRunAs().getRoleName(),
                multipart(servlet.getMultipartConfig()));
    }

    private @Nullable Integer loadOnStartup(String name, @Nullable String text) throws ArchiveException {
        if (text == null) {
            return null;
        }
        try {
            return text.isBlank() ? Integer.valueOf(0) : Integer.valueOf(text.trim());
        } catch (NumberFormatException e) {
            throw ArchiveException.of(
                    place, "load-on-startup of servlet " + name + ": '" + text + "' (expected: an integer)", e);
        }
    }

    private static @Nullable MultipartDescriptor multipart(@Nullable MultipartConfigMetaData config) {
        if (config == null) {
            return null;
        }
        return new MultipartDescriptor(
                config.getLocation() == null ? "" : config.getLocation(),
                config.getMaxFileSizeSet() ? config.getMaxFileSize() : -1,
                config.getMaxRequestSizeSet() ? config.getMaxRequestSize() : -1,
                config.getFileSizeThresholdSet() ? config.getFileSizeThreshold() : 0);
    }

    private List<ServletMapping> servletMappings() throws ArchiveException {
        List<ServletMapping> all = new ArrayList<>();
        for (ServletMappingMetaData mapping : list(data.getServletMappings())) {
            String name = required(mapping.getServletName(), "servlet-name", "a servlet-mapping");
            all.add(new ServletMapping(name, UrlPatterns.checked(place, name, list(mapping.getUrlPatterns()))));
        }
        return all;
    }

    private Map<String, FilterPart> filters() throws ArchiveException {
        Map<String, FilterPart> all = new LinkedHashMap<>();
        if (data.getFilters() != null) {
            for (FilterMetaData filter : data.getFilters()) {
                String name = required(filter.getFilterName(), "filter-name", "a filter");
                all.put(
                        name,
                        new FilterPart(
                                name,
                                filter.getFilterClass(),
                                parameters(filter.getInitParam(), "init-param of filter " + name),
                                filter.getAsyncSupportedSet() ? filter.isAsyncSupported() : null));
            }
        }
        return all;
    }

    private List<FilterMapping> filterMappings() throws ArchiveException {
        List<FilterMapping> all = new ArrayList<>();
        for (FilterMappingMetaData mapping : list(data.getFilterMappings())) {
            String name = required(mapping.getFilterName(), "filter-name", "a filter-mapping");
            Set<DispatcherType> dispatchers = list(mapping.getDispatchers()).stream()
                    .map(dispatcher -> DispatcherType.valueOf(dispatcher.name()))
                    .collect(Collectors.toSet());
            List<String> patterns = UrlPatterns.checked(place, name, list(mapping.getUrlPatterns()));
            List<String> servlets = list(mapping.getServletNames());
            if (patterns.isEmpty() && servlets.isEmpty()) {
                throw ArchiveException.of(
                        place,
                        "the filter-mapping of '" + name
                                + "' names nothing (expected: a url-pattern or a servlet-name)");
            }
            all.add(new FilterMapping(name, patterns, servlets, dispatchers));
        }
        return all;
    }

    private List<ErrorPage> errorPages() throws ArchiveException {
        List<ErrorPage> all = new ArrayList<>();
        for (ErrorPageMetaData page : list(data.getErrorPages())) {
            String location = required(page.getLocation(), "location", "an error-page");
            if (!location.startsWith("/")) {
                throw ArchiveException.of(
                        place, "error-page location '" + location + "' (expected: starts with a slash)");
            }
            all.add(new ErrorPage(status(page.getErrorCode()), page.getExceptionType(), location));
        }
        return all;
    }

    private @Nullable Integer status(@Nullable String code) throws ArchiveException {
        try {
            return code == null ? null : Integer.valueOf(code.trim());
        } catch (NumberFormatException e) {
            throw ArchiveException.of(place, "error-code '" + code + "' (expected: a status code such as 404)", e);
        }
    }

    private Map<String, String> mimeMappings() throws ArchiveException {
        Map<String, String> all = new LinkedHashMap<>();
        for (MimeMappingMetaData mapping : list(data.getMimeMappings())) {
            String extension = required(mapping.getExtension(), "extension", "a mime-mapping");
            all.putIfAbsent(extension, required(mapping.getMimeType(), "mime-type", "mime-mapping " + extension));
        }
        return all;
    }

    private Map<String, String> localeEncodings() {
        Map<String, String> all = new LinkedHashMap<>();
        if (data.getLocalEncodings() != null) {
            for (LocaleEncodingMetaData mapping : list(data.getLocalEncodings().getMappings())) {
                all.putIfAbsent(mapping.getLocale(), mapping.getEncoding());
            }
        }
        return all;
    }
}
