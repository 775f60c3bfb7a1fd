package dev.sluice.war.descriptor;

import static dev.sluice.war.descriptor.PartReader.list;

import dev.sluice.engine.descriptor.JspDescriptor;
import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.descriptor.SessionDescriptor;
import dev.sluice.war.archive.ArchiveException;
import jakarta.servlet.SessionTrackingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.metadata.web.spec.AttributeValueMetaData;
import org.jboss.metadata.web.spec.CookieConfigMetaData;
import org.jboss.metadata.web.spec.FormLoginConfigMetaData;
import org.jboss.metadata.web.spec.JspConfigMetaData;
import org.jboss.metadata.web.spec.JspPropertyGroupMetaData;
import org.jboss.metadata.web.spec.LoginConfigMetaData;
import org.jboss.metadata.web.spec.SecurityConstraintMetaData;
import org.jboss.metadata.web.spec.SessionConfigMetaData;
import org.jboss.metadata.web.spec.TaglibMetaData;
import org.jboss.metadata.web.spec.TransportGuaranteeType;
import org.jboss.metadata.web.spec.WebResourceCollectionMetaData;
import org.jspecify.annotations.Nullable;

/** Translates session-config, login-config, security-constraint and jsp-config. */
final class ConfigReader {
    private ConfigReader() {}

    static SessionDescriptor session(@Nullable SessionConfigMetaData config) {
        if (config == null) {
            return SessionDescriptor.NONE;
        }
        Integer timeout = config.getSessionTimeoutSet() ? config.getSessionTimeout() : null;
        Set<SessionTrackingMode> modes = list(config.getSessionTrackingModes()).stream()
                .map(mode -> SessionTrackingMode.valueOf(mode.name()))
                .collect(Collectors.toSet());
        CookieConfigMetaData cookie = config.getCookieConfig();
        if (cookie == null) {
            return new SessionDescriptor(timeout, null, null, null, null, null, null, Map.of(), modes);
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (AttributeValueMetaData attribute : list(cookie.getAttributes())) {
            attributes.put(attribute.getAttributeName(), attribute.getAttributeValue());
        }
        return new SessionDescriptor(
                timeout,
                cookie.getName(),
                cookie.getDomain(),
                cookie.getPath(),
                cookie.getHttpOnlySet() ? cookie.getHttpOnly() : null,
                cookie.getSecureSet() ? cookie.getSecure() : null,
                cookie.getMaxAgeSet() ? cookie.getMaxAge() : null,
                attributes,
                modes);
    }

    static @Nullable LoginDescriptor login(@Nullable LoginConfigMetaData config) {
        if (config == null) {
            return null;
        }
        FormLoginConfigMetaData form = config.getFormLoginConfig();
        return new LoginDescriptor(
                config.getAuthMethod(),
                config.getRealmName(),
                form == null ? null : form.getLoginPage(),
                form == null ? null : form.getErrorPage());
    }

    static List<SecurityConstraint> constraints(String place, @Nullable List<SecurityConstraintMetaData> constraints)
            throws ArchiveException {
        List<SecurityConstraint> all = new ArrayList<>();
        for (SecurityConstraintMetaData constraint : list(constraints)) {
            List<ResourceCollection> collections = new ArrayList<>();
            if (constraint.getResourceCollections() != null) {
                for (WebResourceCollectionMetaData collection : constraint.getResourceCollections()) {
                    collections.add(collection(place, collection));
                }
            }
            Set<String> roles = constraint.getAuthConstraint() == null
                    ? null
                    : new LinkedHashSet<>(list(constraint.getAuthConstraint().getRoleNames()));
            boolean plain = constraint.getUserDataConstraint() == null
                    || constraint.getUserDataConstraint().getTransportGuarantee() == null
                    || constraint.getUserDataConstraint().getTransportGuarantee() == TransportGuaranteeType.NONE;
            all.add(new SecurityConstraint(collections, roles, plain ? Transport.NONE : Transport.CONFIDENTIAL));
        }
        return all;
    }

    private static ResourceCollection collection(String place, WebResourceCollectionMetaData collection)
            throws ArchiveException {
        String name = collection.getWebResourceName() == null ? "" : collection.getWebResourceName();
        return new ResourceCollection(
                name,
                UrlPatterns.checked(place, name, list(collection.getUrlPatterns())),
                new LinkedHashSet<>(list(collection.getHttpMethods())),
                new LinkedHashSet<>(list(collection.getHttpMethodOmissions())));
    }

    static JspDescriptor jsp(@Nullable JspConfigMetaData config) {
        if (config == null) {
            return JspDescriptor.NONE;
        }
        Map<String, String> libraries = new LinkedHashMap<>();
        for (TaglibMetaData library : list(config.getTaglibs())) {
            libraries.putIfAbsent(library.getTaglibUri(), library.getTaglibLocation());
        }
        return new JspDescriptor(
                list(config.getPropertyGroups()).stream()
                        .map(ConfigReader::group)
                        .toList(),
                libraries);
    }

    private static JspDescriptor.PropertyGroup group(JspPropertyGroupMetaData group) {
        return new JspDescriptor.PropertyGroup(
                list(group.getUrlPatterns()),
                group.getElIgnored(),
                group.getErrorOnElNotFound(),
                group.getPageEncoding(),
                group.getScriptingInvalid(),
                group.getIsXml(),
                list(group.getIncludePreludes()),
                list(group.getIncludeCodas()),
                group.getDeferredSyntaxAllowedAsLiteral(),
                group.getTrimDirectiveWhitespaces(),
                group.getDefaultContentType(),
                group.getBuffer(),
                group.getErrorOnUndeclaredNamespace());
    }
}
