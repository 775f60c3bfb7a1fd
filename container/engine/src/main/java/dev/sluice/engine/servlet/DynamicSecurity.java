package dev.sluice.engine.servlet;

import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.descriptor.WebApplication;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The security constraints of an application: those of its descriptor, and those of {@code @ServletSecurity} and {@code setServletSecurity} for
 * the patterns that the descriptor does not name exactly (Servlet 6.1, 13.4). By the thread that starts the application.
 */
final class DynamicSecurity {
    private final List<SecurityConstraint> declared;
    private final Set<String> declaredPatterns = new LinkedHashSet<>();
    private final Map<String, ServletSecurityElement> byPattern = new LinkedHashMap<>();
    private final Set<String> roles = new LinkedHashSet<>();

    DynamicSecurity(WebApplication descriptor) {
        declared = descriptor.securityConstraints();
        roles.addAll(descriptor.securityRoles());
        for (SecurityConstraint constraint : declared) {
            constraint.collections().forEach(collection -> declaredPatterns.addAll(collection.urlPatterns()));
        }
    }

    /** Constrains patterns; returns those that the descriptor constrains, which stay as they are. */
    Set<String> secure(Collection<String> patterns, ServletSecurityElement element) {
        Set<String> untouched = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (declaredPatterns.contains(pattern)) {
                untouched.add(pattern);
            } else {
                byPattern.put(pattern, element);
            }
        }
        roles.addAll(List.of(element.getRolesAllowed()));
        element.getHttpMethodConstraints().forEach(method -> roles.addAll(List.of(method.getRolesAllowed())));
        return untouched;
    }

    void declareRoles(Collection<String> names) {
        roles.addAll(names);
    }

    /** The roles of the application. */
    Set<String> roles() {
        return Set.copyOf(roles);
    }

    /** All constraints, the descriptor's first. */
    List<SecurityConstraint> constraints() {
        List<SecurityConstraint> all = new ArrayList<>(declared);
        byPattern.forEach((pattern, element) -> all.addAll(constraints(pattern, element)));
        return all;
    }

    /** The translation of Servlet 6.1, 13.4.1.3. */
    private static List<SecurityConstraint> constraints(String pattern, ServletSecurityElement element) {
        List<SecurityConstraint> result = new ArrayList<>();
        for (HttpMethodConstraintElement method : element.getHttpMethodConstraints()) {
            result.add(constraint(pattern, Set.of(method.getMethodName()), Set.of(), method));
        }
        Set<String> named = new LinkedHashSet<>(element.getMethodNames());
        // 13.4.1.3: a default @HttpConstraint beside method constraints leaves the other methods uncovered
        if (named.isEmpty() || !isDefault(element)) {
            result.add(constraint(pattern, Set.of(), named, element));
        }
        return result;
    }

    private static boolean isDefault(HttpConstraintElement element) {
        return element.getRolesAllowed().length == 0
                && element.getEmptyRoleSemantic() == EmptyRoleSemantic.PERMIT
                && element.getTransportGuarantee() == TransportGuarantee.NONE;
    }

    private static SecurityConstraint constraint(
            String pattern, Set<String> methods, Set<String> omissions, HttpConstraintElement element) {
        ResourceCollection collection =
                new ResourceCollection("@ServletSecurity " + pattern, List.of(pattern), methods, omissions);
        Transport transport = element.getTransportGuarantee() == TransportGuarantee.CONFIDENTIAL
                ? Transport.CONFIDENTIAL
                : Transport.NONE;
        return new SecurityConstraint(List.of(collection), rolesOf(element), transport);
    }

    private static @Nullable Set<String> rolesOf(HttpConstraintElement element) {
        if (element.getRolesAllowed().length > 0) {
            return Set.of(element.getRolesAllowed());
        }
        return element.getEmptyRoleSemantic() == EmptyRoleSemantic.DENY ? Set.of() : null;
    }
}
