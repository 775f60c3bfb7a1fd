package dev.sluice.war.descriptor;

import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import dev.sluice.war.descriptor.FragmentOrder.Node;
import java.util.List;
import org.jboss.metadata.web.spec.OrderingElementMetaData;
import org.jboss.metadata.web.spec.OrderingMetaData;
import org.jboss.metadata.web.spec.RelativeOrderingMetaData;
import org.jboss.metadata.web.spec.WebFragmentMetaData;
import org.jspecify.annotations.Nullable;

/**
 * A library as a web fragment.
 *
 * @param part what its web-fragment.xml declares; an empty part without one
 * @param metadataComplete whether its annotations are to be left alone
 * @param declared whether it has a web-fragment.xml
 */
public record Fragment(Library library, Node node, Part part, boolean metadataComplete, boolean declared) {

    /** Reads a library's web-fragment.xml, if there is one. */
    public static Fragment of(Library library, byte @Nullable [] text) throws ArchiveException {
        String place = library.place("META-INF/web-fragment.xml");
        if (text == null) {
            return new Fragment(
                    library,
                    new Node(library.name(), null, List.of(), List.of()),
                    Part.empty(library.place("")),
                    false,
                    false);
        }
        WebFragmentMetaData data = DescriptorReader.fragment(place, text);
        OrderingMetaData ordering = data.getOrdering();
        Node node = new Node(
                library.name(),
                data.getName(),
                ordering == null ? List.of() : names(ordering.getBefore()),
                ordering == null ? List.of() : names(ordering.getAfter()));
        return new Fragment(library, node, PartReader.read(place, data), data.isMetadataComplete(), true);
    }

    private static List<String> names(@Nullable RelativeOrderingMetaData ordering) {
        return ordering == null ? List.of() : names(ordering.getOrdering());
    }

    static List<String> names(@Nullable List<OrderingElementMetaData> elements) {
        return PartReader.list(elements).stream()
                .map(element -> element.isOthers() ? FragmentOrder.OTHERS : element.getName())
                .toList();
    }
}
