package dev.sluice.war.descriptor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jboss.metadata.parser.servlet.Version;
import org.jspecify.annotations.Nullable;

/** Checks, where line and column are known, what the parser lets pass: the root element, and names that must be unique. */
final class WatchedReader extends StreamReaderDelegate {
    private static final Pattern EXTERNAL_ENTITY =
            Pattern.compile("<!ENTITY\\s+(?:%\\s+)?([^\\s>]+)\\s+(?:SYSTEM|PUBLIC)\\s");

    private final String root;
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, Integer> names = new HashMap<>();

    WatchedReader(XMLStreamReader reader, String root) {
        super(reader);
        this.root = root;
    }

    @Override
    public int next() throws XMLStreamException {
        return seen(super.next());
    }

    @Override
    public int nextTag() throws XMLStreamException {
        return seen(super.nextTag());
    }

    private int seen(int event) throws XMLStreamException {
        if (event == DTD) {
            refuseExternalEntities();
        } else if (event == START_ELEMENT) {
            if (path.isEmpty() && !getLocalName().equals(root)) {
                throw new XMLStreamException(
                        "the root element is <" + getLocalName() + "> (expected: <" + root + ">)", getLocation());
            }
            path.push(getLocalName());
        } else if (event == END_ELEMENT) {
            path.pop();
        }
        return event;
    }

    /** They are not read, and what they hold would be missing without a word, constraints among it. */
    private void refuseExternalEntities() throws XMLStreamException {
        Matcher entity = EXTERNAL_ENTITY.matcher(String.valueOf(getText()).replaceAll("(?s)<!--.*?-->", ""));
        if (entity.find()) {
            throw new XMLStreamException(
                    "the entity '" + entity.group(1) + "' is outside of the descriptor, and no other file is read"
                            + " (expected: its text in the descriptor itself)",
                    getLocation());
        }
    }

    /** The parser cannot do without a version that it knows: a descriptor without one, or of a later version, is read as the newest. */
    @Override
    public @Nullable String getAttributeValue(@Nullable String namespace, String name) {
        String value = super.getAttributeValue(namespace, name);
        boolean version = path.size() == 1 && name.equals("version");
        return version && (value == null || Version.fromString(value) == null) ? Version.LATEST.toString() : value;
    }

    @Override
    public String getElementText() throws XMLStreamException {
        String element = path.pop();
        int line = getLocation().getLineNumber();
        String text = super.getElementText();
        String parent = path.isEmpty() ? "" : path.peek();
        boolean unique = element.equals("servlet-name") && parent.equals("servlet")
                || element.equals("filter-name") && parent.equals("filter");
        if (unique && path.size() == 2) {
            Integer before = names.putIfAbsent(parent + ' ' + text.trim(), line);
            if (before != null) {
                throw new XMLStreamException(
                        "the " + parent + " '" + text.trim() + "' is declared in line " + before
                                + " already (expected: each name once)",
                        getLocation());
            }
        }
        return text;
    }
}
