package dev.sluice.engine.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code <servlet>} with its mappings, as merged from web.xml, fragments and {@code @WebServlet} (Servlet 6.1, 14.4).
 *
 * @param name the servlet-name, unique in the application
 * @param className the binary name of the class; null if {@code jspFile} is given, or if a program is to give it (Servlet 6.1, 4.4.1.7: a
 *     preliminary registration)
 * @param jspFile the path of the JSP that implements it, or null
 * @param loadOnStartup the load-on-startup order; negative: on first use
 * @param urlPatterns the patterns that map to it, in the order of declaration
 * @param roleReferences role-name to role-link of {@code <security-role-ref>}
 * @param runAs the role of {@code <run-as>}, or null
 * @param multipart the multipart configuration, or null if the servlet does not take multipart requests
 */
public record ServletDescriptor(
        String name,
        @Nullable String className,
        @Nullable String jspFile,
        Map<String, String> initParameters,
        int loadOnStartup,
        boolean asyncSupported,
        boolean enabled,
        List<String> urlPatterns,
        Map<String, String> roleReferences,
        @Nullable String runAs,
        @Nullable MultipartDescriptor multipart) {

    public ServletDescriptor {
        initParameters = Map.copyOf(initParameters);
        urlPatterns = List.copyOf(urlPatterns);
        roleReferences = Map.copyOf(roleReferences);
    }

    /** The roles it refers to by {@code <security-role-ref>}. */
    public Set<String> referencedRoles() {
        return roleReferences.keySet();
    }
}
