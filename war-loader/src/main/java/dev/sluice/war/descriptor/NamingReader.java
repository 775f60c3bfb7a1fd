package dev.sluice.war.descriptor;

import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor.InjectionTarget;
import dev.sluice.engine.descriptor.NamingDescriptor.Kind;
import dev.sluice.war.archive.ArchiveException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.metadata.javaee.spec.EnvironmentEntryMetaData;
import org.jboss.metadata.javaee.spec.EnvironmentRefsGroupMetaData;
import org.jboss.metadata.javaee.spec.LifecycleCallbackMetaData;
import org.jboss.metadata.javaee.spec.LifecycleCallbacksMetaData;
import org.jboss.metadata.javaee.spec.MessageDestinationReferenceMetaData;
import org.jboss.metadata.javaee.spec.ResourceEnvironmentReferenceMetaData;
import org.jboss.metadata.javaee.spec.ResourceInjectionMetaData;
import org.jboss.metadata.javaee.spec.ResourceInjectionTargetMetaData;
import org.jboss.metadata.javaee.spec.ResourceReferenceMetaData;
import org.jspecify.annotations.Nullable;

/** Translates env-entry, resource-ref, resource-env-ref, message-destination-ref, post-construct and pre-destroy. */
final class NamingReader {
    private NamingReader() {}

    static Map<String, NamingDescriptor> entries(String place, @Nullable EnvironmentRefsGroupMetaData group)
            throws ArchiveException {
        Map<String, NamingDescriptor> all = new LinkedHashMap<>();
        if (group == null) {
            return all;
        }
        if (group.getEnvironmentEntries() != null) {
            for (EnvironmentEntryMetaData entry : group.getEnvironmentEntries()) {
                add(
                        place,
                        all,
                        Kind.ENVIRONMENT_ENTRY,
                        entry.getEnvEntryName(),
                        entry.getType(),
                        entry.getValue(),
                        entry);
            }
        }
        if (group.getResourceReferences() != null) {
            for (ResourceReferenceMetaData entry : group.getResourceReferences()) {
                add(place, all, Kind.RESOURCE, entry.getResourceRefName(), entry.getType(), null, entry);
            }
        }
        if (group.getResourceEnvironmentReferences() != null) {
            for (ResourceEnvironmentReferenceMetaData entry : group.getResourceEnvironmentReferences()) {
                add(place, all, Kind.RESOURCE_ENVIRONMENT, entry.getResourceEnvRefName(), entry.getType(), null, entry);
            }
        }
        if (group.getMessageDestinationReferences() != null) {
            for (MessageDestinationReferenceMetaData entry : group.getMessageDestinationReferences()) {
                String name = entry.getMessageDestinationRefName();
                add(place, all, Kind.RESOURCE_ENVIRONMENT, name, entry.getType(), null, entry);
            }
        }
        return all;
    }

    private static void add(
            String place,
            Map<String, NamingDescriptor> all,
            Kind kind,
            @Nullable String name,
            @Nullable String type,
            @Nullable String value,
            ResourceInjectionMetaData entry)
            throws ArchiveException {
        if (name == null) {
            throw ArchiveException.of(
                    place, "an entry of " + kind + " has no name (expected: a name below java:comp/env)");
        }
        String lookup = entry.getLookupName() != null ? entry.getLookupName() : entry.getMappedName();
        Set<ResourceInjectionTargetMetaData> targets = entry.getInjectionTargets();
        List<InjectionTarget> injected = targets == null
                ? List.of()
                : targets.stream()
                        .map(target ->
                                new InjectionTarget(target.getInjectionTargetClass(), target.getInjectionTargetName()))
                        .toList();
        all.put(name, new NamingDescriptor(kind, name, type, value, lookup, injected));
    }

    static Set<String> callbacks(@Nullable LifecycleCallbacksMetaData callbacks) {
        Set<String> all = new LinkedHashSet<>();
        if (callbacks != null) {
            for (LifecycleCallbackMetaData callback : callbacks) {
                all.add(callback.getClassName() + "#" + callback.getMethodName());
            }
        }
        return all;
    }
}
