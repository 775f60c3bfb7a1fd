package dev.sluice.war.descriptor;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.JspDescriptor;
import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SessionDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one source declares: a web.xml, a web-fragment.xml, or the annotations of one library. Null and empty mean not declared.
 *
 * @param source where it comes from, for messages
 */
public record Part(
        String source,
        boolean distributable,
        Map<String, String> contextParameters,
        List<String> listeners,
        Map<String, ServletPart> servlets,
        List<ServletMapping> servletMappings,
        Map<String, FilterPart> filters,
        List<FilterMapping> filterMappings,
        List<String> welcomeFiles,
        List<ErrorPage> errorPages,
        Map<String, String> mimeMappings,
        Map<String, String> localeEncodings,
        SessionDescriptor session,
        List<SecurityConstraint> constraints,
        @Nullable LoginDescriptor login,
        Set<String> roles,
        JspDescriptor jsp,
        Map<String, NamingDescriptor> naming,
        Set<String> postConstructs,
        Set<String> preDestroys) {

    /** One servlet-mapping. */
    public record ServletMapping(String servletName, List<String> urlPatterns) {}

    /** One servlet, as far as one source says. */
    public record ServletPart(
            String name,
            @Nullable String className,
            @Nullable String jspFile,
            Map<String, String> initParameters,
            @Nullable Integer loadOnStartup,
            @Nullable Boolean asyncSupported,
            @Nullable Boolean enabled,
            Map<String, String> roleReferences,
            @Nullable String runAs,
            dev.sluice.engine.descriptor.@Nullable MultipartDescriptor multipart) {}

    /** One filter, as far as one source says. */
    public record FilterPart(
            String name,
            @Nullable String className,
            Map<String, String> initParameters,
            @Nullable Boolean asyncSupported) {}

    /** A source that declares nothing. */
    public static Part empty(String source) {
        return annotations(source, List.of(), Map.of(), List.of(), Map.of(), List.of());
    }

    /** What annotations can declare. */
    public static Part annotations(
            String source,
            List<String> listeners,
            Map<String, ServletPart> servlets,
            List<ServletMapping> servletMappings,
            Map<String, FilterPart> filters,
            List<FilterMapping> filterMappings) {
        return new Part(
                source,
                true,
                Map.of(),
                listeners,
                servlets,
                servletMappings,
                filters,
                filterMappings,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                SessionDescriptor.NONE,
                List.of(),
                null,
                Set.of(),
                JspDescriptor.NONE,
                Map.of(),
                Set.of(),
                Set.of());
    }
}
