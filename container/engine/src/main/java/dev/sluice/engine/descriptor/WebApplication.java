package dev.sluice.engine.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a web application says about itself: web.xml, the fragments in their order and the annotations, merged into one
 * immutable value (Servlet 6.1, 8.2 and 14). {@code @ServletSecurity} is not part of it: it is read from the servlet's class at start.
 *
 * @param displayName the display-name, or empty
 * @param version the version attribute of web.xml, such as 6.1; the newest where there is no web.xml
 * @param metadataComplete web.xml is the whole truth: no annotations, no fragments
 * @param distributable declared distributable, by web.xml and every fragment
 * @param denyUncoveredHttpMethods Servlet 6.1, 13.8.4.2
 * @param defaultContextPath the default-context-path, or null
 * @param requestCharacterEncoding the request-character-encoding, or null
 * @param responseCharacterEncoding the response-character-encoding, or null
 * @param contextParameters the context-params
 * @param listeners in the order of their invocation
 * @param containerServletMappings URL patterns of servlets that the container supplies and the application only maps: {@code default},
 *     {@code jsp}
 * @param filterMappings in chain order
 * @param welcomeFiles in order; empty: the container's default
 * @param mimeMappings extension to media type
 * @param localeEncodings locale to character encoding
 * @param login the login-config, or null
 * @param securityRoles the declared roles
 * @param initializers in the order of their invocation
 * @param postConstructs class names and methods of lifecycle callbacks, written {@code class#method}
 * @param preDestroys likewise
 * @param orderedLibraries jar names in fragment order for ServletContext.ORDERED_LIBS, or null without an ordering
 */
public record WebApplication(
        String displayName,
        String version,
        boolean metadataComplete,
        boolean distributable,
        boolean denyUncoveredHttpMethods,
        @Nullable String defaultContextPath,
        @Nullable String requestCharacterEncoding,
        @Nullable String responseCharacterEncoding,
        Map<String, String> contextParameters,
        List<ListenerDescriptor> listeners,
        List<ServletDescriptor> servlets,
        Map<String, List<String>> containerServletMappings,
        List<FilterDescriptor> filters,
        List<FilterMapping> filterMappings,
        List<String> welcomeFiles,
        List<ErrorPage> errorPages,
        Map<String, String> mimeMappings,
        Map<String, String> localeEncodings,
        SessionDescriptor session,
        List<SecurityConstraint> securityConstraints,
        @Nullable LoginDescriptor login,
        Set<String> securityRoles,
        List<InitializerDescriptor> initializers,
        JspDescriptor jsp,
        List<NamingDescriptor> namingEntries,
        Set<String> postConstructs,
        Set<String> preDestroys,
        @Nullable List<String> orderedLibraries) {

    public WebApplication {
        contextParameters = Map.copyOf(contextParameters);
        listeners = List.copyOf(listeners);
        servlets = List.copyOf(servlets);
        containerServletMappings = Map.copyOf(containerServletMappings);
        filters = List.copyOf(filters);
        filterMappings = List.copyOf(filterMappings);
        welcomeFiles = List.copyOf(welcomeFiles);
        errorPages = List.copyOf(errorPages);
        mimeMappings = Map.copyOf(mimeMappings);
        localeEncodings = Map.copyOf(localeEncodings);
        securityConstraints = List.copyOf(securityConstraints);
        securityRoles = Set.copyOf(securityRoles);
        initializers = List.copyOf(initializers);
        namingEntries = List.copyOf(namingEntries);
        postConstructs = Set.copyOf(postConstructs);
        preDestroys = Set.copyOf(preDestroys);
        orderedLibraries = orderedLibraries == null ? null : List.copyOf(orderedLibraries);
    }

    /** A builder that has all of this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** A builder with nothing declared. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts; not for use by several threads. */
    public static final class Builder {
        private String displayName = "";
        private String version = "6.1";
        private boolean metadataComplete = false;
        private boolean distributable = false;
        private boolean denyUncoveredHttpMethods = false;
        private @Nullable String defaultContextPath = null;
        private @Nullable String requestCharacterEncoding = null;
        private @Nullable String responseCharacterEncoding = null;
        private Map<String, String> contextParameters = Map.of();
        private List<ListenerDescriptor> listeners = List.of();
        private List<ServletDescriptor> servlets = List.of();
        private Map<String, List<String>> containerServletMappings = Map.of();
        private List<FilterDescriptor> filters = List.of();
        private List<FilterMapping> filterMappings = List.of();
        private List<String> welcomeFiles = List.of();
        private List<ErrorPage> errorPages = List.of();
        private Map<String, String> mimeMappings = Map.of();
        private Map<String, String> localeEncodings = Map.of();
        private SessionDescriptor session = SessionDescriptor.NONE;
        private List<SecurityConstraint> securityConstraints = List.of();
        private @Nullable LoginDescriptor login = null;
        private Set<String> securityRoles = Set.of();
        private List<InitializerDescriptor> initializers = List.of();
        private JspDescriptor jsp = JspDescriptor.NONE;
        private List<NamingDescriptor> namingEntries = List.of();
        private Set<String> postConstructs = Set.of();
        private Set<String> preDestroys = Set.of();
        private @Nullable List<String> orderedLibraries = null;

        private Builder() {}

        private Builder(WebApplication from) {
            displayName = from.displayName;
            version = from.version;
            metadataComplete = from.metadataComplete;
            distributable = from.distributable;
            denyUncoveredHttpMethods = from.denyUncoveredHttpMethods;
            defaultContextPath = from.defaultContextPath;
            requestCharacterEncoding = from.requestCharacterEncoding;
            responseCharacterEncoding = from.responseCharacterEncoding;
            contextParameters = from.contextParameters;
            listeners = from.listeners;
            servlets = from.servlets;
            containerServletMappings = from.containerServletMappings;
            filters = from.filters;
            filterMappings = from.filterMappings;
            welcomeFiles = from.welcomeFiles;
            errorPages = from.errorPages;
            mimeMappings = from.mimeMappings;
            localeEncodings = from.localeEncodings;
            session = from.session;
            securityConstraints = from.securityConstraints;
            login = from.login;
            securityRoles = from.securityRoles;
            initializers = from.initializers;
            jsp = from.jsp;
            namingEntries = from.namingEntries;
            postConstructs = from.postConstructs;
            preDestroys = from.preDestroys;
            orderedLibraries = from.orderedLibraries;
        }

        public Builder displayName(String value) {
            displayName = value;
            return this;
        }

        public Builder version(String value) {
            version = value;
            return this;
        }

        public Builder metadataComplete(boolean value) {
            metadataComplete = value;
            return this;
        }

        public Builder distributable(boolean value) {
            distributable = value;
            return this;
        }

        public Builder denyUncoveredHttpMethods(boolean value) {
            denyUncoveredHttpMethods = value;
            return this;
        }

        public Builder defaultContextPath(@Nullable String value) {
            defaultContextPath = value;
            return this;
        }

        public Builder requestCharacterEncoding(@Nullable String value) {
            requestCharacterEncoding = value;
            return this;
        }

        public Builder responseCharacterEncoding(@Nullable String value) {
            responseCharacterEncoding = value;
            return this;
        }

        public Builder contextParameters(Map<String, String> value) {
            contextParameters = value;
            return this;
        }

        public Builder listeners(List<ListenerDescriptor> value) {
            listeners = value;
            return this;
        }

        public Builder servlets(List<ServletDescriptor> value) {
            servlets = value;
            return this;
        }

        public Builder containerServletMappings(Map<String, List<String>> value) {
            containerServletMappings = value;
            return this;
        }

        public Builder filters(List<FilterDescriptor> value) {
            filters = value;
            return this;
        }

        public Builder filterMappings(List<FilterMapping> value) {
            filterMappings = value;
            return this;
        }

        public Builder welcomeFiles(List<String> value) {
            welcomeFiles = value;
            return this;
        }

        public Builder errorPages(List<ErrorPage> value) {
            errorPages = value;
            return this;
        }

        public Builder mimeMappings(Map<String, String> value) {
            mimeMappings = value;
            return this;
        }

        public Builder localeEncodings(Map<String, String> value) {
            localeEncodings = value;
            return this;
        }

        public Builder session(SessionDescriptor value) {
            session = value;
            return this;
        }

        public Builder securityConstraints(List<SecurityConstraint> value) {
            securityConstraints = value;
            return this;
        }

        public Builder login(@Nullable LoginDescriptor value) {
            login = value;
            return this;
        }

        public Builder securityRoles(Set<String> value) {
            securityRoles = value;
            return this;
        }

        public Builder initializers(List<InitializerDescriptor> value) {
            initializers = value;
            return this;
        }

        public Builder jsp(JspDescriptor value) {
            jsp = value;
            return this;
        }

        public Builder namingEntries(List<NamingDescriptor> value) {
            namingEntries = value;
            return this;
        }

        public Builder postConstructs(Set<String> value) {
            postConstructs = value;
            return this;
        }

        public Builder preDestroys(Set<String> value) {
            preDestroys = value;
            return this;
        }

        public Builder orderedLibraries(@Nullable List<String> value) {
            orderedLibraries = value;
            return this;
        }

        public WebApplication build() {
            return new WebApplication(
                    displayName,
                    version,
                    metadataComplete,
                    distributable,
                    denyUncoveredHttpMethods,
                    defaultContextPath,
                    requestCharacterEncoding,
                    responseCharacterEncoding,
                    contextParameters,
                    listeners,
                    servlets,
                    containerServletMappings,
                    filters,
                    filterMappings,
                    welcomeFiles,
                    errorPages,
                    mimeMappings,
                    localeEncodings,
                    session,
                    securityConstraints,
                    login,
                    securityRoles,
                    initializers,
                    jsp,
                    namingEntries,
                    postConstructs,
                    preDestroys,
                    orderedLibraries);
        }
    }
}
