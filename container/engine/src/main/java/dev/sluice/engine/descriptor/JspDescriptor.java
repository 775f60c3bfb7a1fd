package dev.sluice.engine.descriptor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code <jsp-config>}: property groups in order, and tag library uri to location. */
public record JspDescriptor(List<PropertyGroup> propertyGroups, Map<String, String> tagLibraries) {

    /** Nothing declared. */
    public static final JspDescriptor NONE = new JspDescriptor(List.of(), Map.of());

    public JspDescriptor {
        propertyGroups = List.copyOf(propertyGroups);
        tagLibraries = Map.copyOf(tagLibraries);
    }

    /** One {@code <jsp-property-group>}; values as written, null where not declared (Jakarta Pages 4.0, JSP.3.3). */
    public record PropertyGroup(
            List<String> urlPatterns,
            @Nullable String elIgnored,
            @Nullable String errorOnElNotFound,
            @Nullable String pageEncoding,
            @Nullable String scriptingInvalid,
            @Nullable String isXml,
            List<String> includePreludes,
            List<String> includeCodas,
            @Nullable String deferredSyntaxAllowedAsLiteral,
            @Nullable String trimDirectiveWhitespaces,
            @Nullable String defaultContentType,
            @Nullable String buffer,
            @Nullable String errorOnUndeclaredNamespace) {

        public PropertyGroup {
            urlPatterns = List.copyOf(urlPatterns);
            includePreludes = List.copyOf(includePreludes);
            includeCodas = List.copyOf(includeCodas);
        }
    }
}
