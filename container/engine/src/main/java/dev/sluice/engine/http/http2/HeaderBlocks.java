package dev.sluice.engine.http.http2;

import io.undertow.protocols.http2.HpackEncoder;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Header blocks in both directions (RFC 7541). A block is decoded as its frames come, so that a large one needs no memory: at most one field of
 * it waits for its end. On the loop.
 */
final class HeaderBlocks {
    private static final int TABLE = 4096;
    private static final int LARGEST_FRAGMENT = Frames.LARGEST;
    private static final int MOST_AT_ONCE = 100; // The library keeps no more than 127 values of one name.

    private final Http2Settings limits;
    private final HeaderDecoder decoder;
    private final HpackEncoder encoder = new HpackEncoder(TABLE);
    private Fields fields = new Fields();
    private @Nullable ByteBuffer rest;

    HeaderBlocks(Http2Settings limits) {
        this.limits = limits;
        this.decoder = new HeaderDecoder(TABLE, (name, value) -> fields.addWithin(name, value, limits));
    }

    /** A block begins. */
    void begin() {
        fields = new Fields();
        rest = null;
        decoder.begin();
    }

    /**
     * Decodes a fragment.
     *
     * @param last whether the block ends here
     */
    void decode(ByteBuffer fragment, boolean last) throws ConnectionError {
        ByteBuffer bytes = fragment;
        ByteBuffer before = rest;
        if (before != null) {
            if (before.remaining() + fragment.remaining() > 2L * limits.maxHeadSize() + LARGEST_FRAGMENT) {
                throw new ConnectionError(
                        ErrorCode.ENHANCE_YOUR_CALM,
                        "one header field of more than " + before.remaining() + " bytes (expected: at most "
                                + limits.maxHeadSize() + " for all)");
            }
            bytes = ByteBuffer.allocate(before.remaining() + fragment.remaining())
                    .put(before)
                    .put(fragment)
                    .flip();
        }
        decoder.decode(bytes);
        if (!bytes.hasRemaining()) {
            rest = null;
        } else if (last) {
            throw new ConnectionError(ErrorCode.COMPRESSION_ERROR, "header block: ends within a field");
        } else {
            rest = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }
    }

    /** What the block said. */
    Fields take() {
        Fields complete = fields;
        fields = new Fields();
        return complete;
    }

    /** The client's table is this large. */
    void tableSize(long bytes) {
        encoder.setMaxTableSize((int) Math.min(bytes, TABLE));
    }

    /** Encodes fields into a new block; their names get lower case. */
    ByteBuffer encode(Fields block) {
        int size = 64;
        for (int i = 0; i < block.count(); i++) {
            size += block.name(i).length() + block.value(i).length() + 12;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (int from = 0; from < block.count(); from += MOST_AT_ONCE) {
            encode(block, from, Math.min(block.count(), from + MOST_AT_ONCE), bytes);
        }
        return bytes.flip();
    }

    private void encode(Fields block, int from, int to, ByteBuffer bytes) {
        HeaderMap map = new HeaderMap();
        for (int i = from; i < to; i++) {
            map.add(HttpString.tryFromString(block.name(i)), block.value(i));
        }
        if (encoder.encode(map, bytes) != HpackEncoder.State.COMPLETE) {
            throw new IllegalStateException("encoding " + block.count() + " fields into " + bytes.capacity()
                    + " bytes did not end (expected: 12 bytes beside each name and value are enough)");
        }
    }
}
