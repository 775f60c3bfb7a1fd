package dev.sluice.war.descriptor;

import dev.sluice.war.archive.ArchiveException;
import java.util.List;
import org.jboss.metadata.web.spec.WebMetaData;
import org.jspecify.annotations.Nullable;

/**
 * A web.xml: what can be merged, and what only it may say.
 *
 * @param present whether there is one
 * @param absoluteOrdering the names of the absolute-ordering with {@link FragmentOrder#OTHERS}, or null
 */
public record WebXml(
        boolean present,
        Part part,
        String displayName,
        String version,
        boolean metadataComplete,
        boolean denyUncoveredHttpMethods,
        @Nullable String defaultContextPath,
        @Nullable String requestCharacterEncoding,
        @Nullable String responseCharacterEncoding,
        @Nullable List<String> absoluteOrdering) {
    private static final String PLACE = "WEB-INF/web.xml";

    /** Reads a web.xml; null: the application has none. */
    public static WebXml of(byte @Nullable [] text) throws ArchiveException {
        if (text == null) {
            return new WebXml(false, Part.empty(PLACE), "", "6.1", false, false, null, null, null, null);
        }
        WebMetaData data = DescriptorReader.webXml(PLACE, text);
        return new WebXml(
                true,
                PartReader.read(PLACE, data),
                displayName(data),
                data.getVersion() == null ? "6.1" : data.getVersion(),
                data.isMetadataComplete(),
                Boolean.TRUE.equals(data.getDenyUncoveredHttpMethods()),
                data.getDefaultContextPath(),
                data.getRequestCharacterEncoding(),
                data.getResponseCharacterEncoding(),
                data.getAbsoluteOrdering() == null
                        ? null
                        : Fragment.names(data.getAbsoluteOrdering().getOrdering()));
    }

    private static String displayName(WebMetaData data) {
        String name = data.getDescriptionGroup() == null
                ? null
                : data.getDescriptionGroup().getDisplayName();
        return name == null ? "" : name;
    }
}
