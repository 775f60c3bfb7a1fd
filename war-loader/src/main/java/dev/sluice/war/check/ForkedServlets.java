package dev.sluice.war.check;

import dev.sluice.api.ForkedPerRequest;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.war.check.ClassTable.ClassFacts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which servlets are forked per request: then their instance fields belong to one request and need no findings. */
public final class ForkedServlets {
    /** Of an application without servlets. */
    public static final ForkedServlets NONE = new ForkedServlets(List.of());

    private static final String NAME = ForkedPerRequest.class.getName();
    private static final String ANNOTATION = "L" + NAME.replace('.', '/') + ";";

    /** By class name what each declaration of a servlet says: {@code true}, {@code false}, or nothing. */
    private final Map<String, List<String>> declared;

    /** Takes what the declarations say by init parameter. */
    public ForkedServlets(Collection<ServletDescriptor> servlets) {
        declared = servlets.stream()
                .filter(servlet -> servlet.className() != null)
                .collect(Collectors.groupingBy(
                        servlet -> String.valueOf(servlet.className()),
                        Collectors.mapping(
                                servlet -> servlet.initParameters().getOrDefault(NAME, ""), Collectors.toList())));
    }

    /** Whether all servlets of this class are forked; one that is not shares its fields. */
    boolean contains(ClassFacts type) {
        boolean annotated = type.annotations().contains(ANNOTATION);
        List<String> said = declared.getOrDefault(type.name().replace('/', '.'), List.of(""));
        return said.stream().allMatch(value -> value.equals("true") || value.isEmpty() && annotated);
    }
}
