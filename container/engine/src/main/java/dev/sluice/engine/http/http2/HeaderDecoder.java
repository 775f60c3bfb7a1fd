package dev.sluice.engine.http.http2;

import io.undertow.protocols.http2.HPackHuffman;
import io.undertow.protocols.http2.HpackException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes header blocks (RFC 7541) with the dynamic table of one connection. It judges the coding alone: any name and value of bytes comes out, one
 * character for each, so that a field that HTTP forbids costs its stream and not the connection. On the loop.
 */
final class HeaderDecoder {
    /** Appendix A. */
    private static final String STATIC = """
            :authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|\
            :status=204|:status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|\
            accept-encoding=gzip, deflate|accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|\
            authorization|cache-control|content-disposition|content-encoding|content-language|content-length|\
            content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match|\
            if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards|\
            proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|set-cookie|\
            strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate""";

    private static final Entry[] KNOWN = known();
    private static final int MOST_OCTETS = 4;

    private final int largest;
    private final BiConsumer<String, String> fields;
    private final Entry[] ring;
    private int newest; // of the entries in the ring
    private int count;
    private int size;
    private int allowed;
    private boolean atStart = true;

    private record Entry(String name, String value) {
        static final int OVERHEAD = 32; // 4.1

        int size() {
            return name.length() + value.length() + OVERHEAD;
        }
    }

    /**
     * A decoder with an empty table.
     *
     * @param tableSize the largest size of the table, as our settings say
     * @param fields takes each field in its order
     */
    HeaderDecoder(int tableSize, BiConsumer<String, String> fields) {
        this.largest = tableSize;
        this.allowed = tableSize;
        this.fields = fields;
        this.ring = new Entry[tableSize / Entry.OVERHEAD];
    }

    private static Entry[] known() {
        String[] all = STATIC.split("\\|");
        Entry[] entries = new Entry[all.length];
        for (int i = 0; i < all.length; i++) {
            int mark = all[i].indexOf('=');
            entries[i] =
                    mark < 0 ? new Entry(all[i], "") : new Entry(all[i].substring(0, mark), all[i].substring(mark + 1));
        }
        return entries;
    }

    /** A block begins. */
    void begin() {
        atStart = true;
    }

    /** Decodes the fields that are there as a whole; what remains in the buffer is the beginning of one. */
    void decode(ByteBuffer bytes) throws ConnectionError {
        while (bytes.hasRemaining()) {
            int from = bytes.position();
            if (!representation(bytes)) {
                bytes.position(from);
                return;
            }
        }
    }

    /** RFC 7541, 6; false if the rest of it is missing. */
    private boolean representation(ByteBuffer bytes) throws ConnectionError {
        int first = bytes.get(bytes.position()) & 0xff;
        if ((first & 0xe0) == 0x20) {
            return sizeUpdate(bytes);
        }
        boolean complete;
        if (first >= 0x80) {
            int index = integer(bytes, 7);
            complete = index >= 0;
            if (complete) {
                Entry entry = entry(index);
                fields.accept(entry.name(), entry.value());
            }
        } else {
            boolean indexing = first >= 0x40;
            complete = literal(bytes, indexing ? 6 : 4, indexing);
        }
        atStart &= !complete;
        return complete;
    }

    private boolean literal(ByteBuffer bytes, int bits, boolean indexing) throws ConnectionError {
        int index = integer(bytes, bits);
        if (index < 0) {
            return false;
        }
        String name = index == 0 ? string(bytes) : entry(index).name();
        String value = name == null ? null : string(bytes);
        if (name == null || value == null) {
            return false;
        }
        fields.accept(name, value);
        if (indexing) {
            add(new Entry(name, value));
        }
        return true;
    }

    /** 4.2 and 6.3. */
    private boolean sizeUpdate(ByteBuffer bytes) throws ConnectionError {
        int wanted = integer(bytes, 5);
        if (wanted < 0) {
            return false;
        }
        if (!atStart) {
            throw wrong("a size of the table behind a field (expected: at the beginning of a block)");
        }
        if (wanted > largest) {
            throw wrong("a table of " + wanted + " bytes (expected: at most " + largest + ")");
        }
        allowed = wanted;
        evict(0);
        return true;
    }

    private Entry entry(int index) throws ConnectionError {
        int dynamic = index - KNOWN.length - 1;
        if (index < 1 || dynamic >= count) {
            throw wrong("index " + index + " (expected: 1 to " + (KNOWN.length + count) + ")");
        }
        return index <= KNOWN.length ? KNOWN[index - 1] : ring[Math.floorMod(newest - dynamic, ring.length)];
    }

    /** 4.4: an entry that is larger than the table empties it. */
    private void add(Entry entry) {
        evict(entry.size());
        if (entry.size() <= allowed) {
            newest = (newest + 1) % ring.length;
            ring[newest] = entry;
            count++;
            size += entry.size();
        }
    }

    private void evict(int wanted) {
        while (count > 0 && size + wanted > allowed) {
            count--;
            size -= ring[Math.floorMod(newest - count, ring.length)].size();
        }
    }

    /** 5.1; -1 if the rest is missing. */
    private static int integer(ByteBuffer bytes, int bits) throws ConnectionError {
        int most = (1 << bits) - 1;
        int value = bytes.get() & most;
        if (value < most) {
            return value;
        }
        for (int octets = 0; bytes.hasRemaining(); octets++) {
            if (octets == MOST_OCTETS) {
                throw wrong("an integer of more than " + (1 + MOST_OCTETS) + " octets");
            }
            int next = bytes.get();
            value += (next & 0x7f) << 7 * octets;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    /** 5.2; null if the rest is missing. */
    private static @Nullable String string(ByteBuffer bytes) throws ConnectionError {
        if (!bytes.hasRemaining()) {
            return null;
        }
        boolean huffman = bytes.get(bytes.position()) < 0;
        int length = integer(bytes, 7);
        if (length < 0 || length > bytes.remaining()) {
            return null;
        }
        StringBuilder text = new StringBuilder(huffman ? length + length / 2 : length);
        if (huffman) {
            try {
                HPackHuffman.decode(bytes, length, text);
            } catch (HpackException e) {
                throw wrong("a string that is not in the Huffman code of RFC 7541, appendix B");
            }
        } else {
            for (int i = 0; i < length; i++) {
                text.append((char) (bytes.get() & 0xff));
            }
        }
        return text.toString();
    }

    private static ConnectionError wrong(String what) {
        return new ConnectionError(ErrorCode.COMPRESSION_ERROR, "header block: " + what);
    }
}
