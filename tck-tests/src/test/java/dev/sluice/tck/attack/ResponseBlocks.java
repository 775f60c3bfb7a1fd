package dev.sluice.tck.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the statuses of the header blocks of one connection in their order (RFC 7541). Of the dynamic table it keeps what is a status; what the
 * encoder has evicted it does not name any more.
 */
final class ResponseBlocks {
    private static final int STATIC_ENTRIES = 61;
    private static final int FIRST_STATUS = 8;
    private static final int[] STATUSES = {200, 204, 206, 304, 400, 404, 500};

    private final List<Integer> table = new ArrayList<>(); // newest first; 0 for another field
    private byte[] block = {};
    private int at;

    /** The status in the block; 0 if it has none, as trailers. */
    int status(byte[] payload) {
        block = payload;
        at = 0;
        int status = 0;
        while (at < block.length) {
            int first = block[at] & 0xFF;
            int found = 0;
            if (first >= 0x80) {
                found = entry(integer(7));
            } else if (first >= 0x40) {
                found = literal(integer(6));
                table.add(0, found);
            } else if (first >= 0x20) {
                if (integer(5) == 0) {
                    table.clear();
                }
            } else {
                found = literal(integer(4));
            }
            status = status == 0 ? found : status;
        }
        return status;
    }

    private int entry(int index) {
        if (index > STATIC_ENTRIES) {
            return table.get(index - STATIC_ENTRIES - 1);
        }
        return isStatus(index) ? STATUSES[index - FIRST_STATUS] : 0;
    }

    private boolean isStatus(int index) {
        return index >= FIRST_STATUS && index < FIRST_STATUS + STATUSES.length
                || index > STATIC_ENTRIES && entry(index) != 0;
    }

    private int literal(int nameIndex) {
        boolean status = nameIndex == 0 ? text().equals(":status") : isStatus(nameIndex);
        String value = text();
        return status ? Integer.parseInt(value) : 0;
    }

    private int integer(int bits) {
        int most = (1 << bits) - 1;
        int value = block[at++] & most;
        if (value < most) {
            return value;
        }
        for (int shift = 0; ; shift += 7) {
            int next = block[at++];
            value += (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** A string; one in Huffman's code is understood if it is three digits. */
    private String text() {
        boolean huffman = block[at] < 0;
        int length = integer(7);
        int from = at;
        at += length;
        if (!huffman) {
            return new String(block, from, length, StandardCharsets.ISO_8859_1);
        }
        return length == 2 || length == 3 ? digits(from, length) : "";
    }

    /** RFC 7541, appendix B: digits have 5 or 6 bits. */
    private String digits(int from, int length) {
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits = bits << 8 | block[from + i] & 0xFF;
        }
        int left = length * 8;
        StringBuilder digits = new StringBuilder();
        while (digits.length() < 3 && left >= 6) {
            int five = (int) (bits >> left - 5) & 0x1F;
            if (five <= 2) {
                digits.append(five);
                left -= 5;
            } else {
                digits.append(((int) (bits >> left - 6) & 0x3F) - 0x19 + 3);
                left -= 6;
            }
        }
        return digits.toString();
    }
}
