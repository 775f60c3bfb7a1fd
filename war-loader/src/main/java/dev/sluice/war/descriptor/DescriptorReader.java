package dev.sluice.war.descriptor;

import dev.sluice.war.archive.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jboss.metadata.parser.servlet.WebFragmentMetaDataParser;
import org.jboss.metadata.parser.servlet.WebMetaDataParser;
import org.jboss.metadata.parser.util.MetaDataElementParser.DTDInfo;
import org.jboss.metadata.property.PropertyReplacers;
import org.jboss.metadata.web.spec.WebFragmentMetaData;
import org.jboss.metadata.web.spec.WebMetaData;

/**
 * Reads web.xml (2.2 to 6.1, DTDs and both namespaces) and web-fragment.xml. DTDs come from the class path and never from the network;
 * external entities are not read.
 */
public final class DescriptorReader {
    private DescriptorReader() {}

    /** A web.xml. */
    public static WebMetaData webXml(String place, byte[] text) throws ArchiveException {
        DTDInfo dtd = new DTDInfo();
        return read(
                place, text, dtd, "web-app", reader -> WebMetaDataParser.parse(reader, dtd, PropertyReplacers.noop()));
    }

    /** A web-fragment.xml. */
    public static WebFragmentMetaData fragment(String place, byte[] text) throws ArchiveException {
        return read(
                place,
                text,
                new DTDInfo(),
                "web-fragment",
                reader -> WebFragmentMetaDataParser.parse(reader, PropertyReplacers.noop()));
    }

    private interface Parser<T> {
        T parse(XMLStreamReader reader) throws XMLStreamException;
    }

    private static <T> T read(String place, byte[] text, DTDInfo dtd, String root, Parser<T> parser)
            throws ArchiveException {
        WatchedReader reader = null;
        try {
            reader = new WatchedReader(factory(dtd).createXMLStreamReader(new ByteArrayInputStream(text)), root);
            return parser.parse(reader);
        } catch (XMLStreamException e) {
            Location location = e.getLocation() != null || reader == null ? e.getLocation() : reader.getLocation();
            throw failed(place, location, withoutPosition(e), e);
        } catch (RuntimeException e) {
            // The parser reports numbers and values that it cannot convert with unchecked exceptions of several types.
            throw failed(place, reader == null ? null : reader.getLocation(), String.valueOf(e.getMessage()), e);
        }
    }

    private static XMLInputFactory factory(DTDInfo dtd) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, true);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver(local(dtd));
        return factory;
    }

    private static XMLResolver local(DTDInfo dtd) {
        return (publicId, systemId, base, namespace) -> {
            Object known = dtd.resolveEntity(publicId, systemId, base, namespace);
            return known != null ? known : InputStream.nullInputStream();
        };
    }

    private static ArchiveException failed(
            String place, @org.jspecify.annotations.Nullable Location location, String problem, Exception cause) {
        return location == null
                ? ArchiveException.of(place, problem, cause)
                : ArchiveException.at(place, location.getLineNumber(), location.getColumnNumber(), problem, cause);
    }

    private static String withoutPosition(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.startsWith("ParseError at") ? message.indexOf("Message: ") : -1;
        return start < 0 ? message : message.substring(start + "Message: ".length());
    }
}
