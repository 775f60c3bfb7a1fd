package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HostNames;
import dev.sluice.engine.http.http1.Head;
import dev.sluice.engine.http.http1.KnownField;
import java.nio.ByteBuffer;

/**
 * Shows the parser behind the guard a plain name in place of each authority that it does not take or compare as it should: of IPv6 addresses in
 * brackets (RFC 3986, 3.2.2) it knows only some, and not the same ones in a target as in a Host field (an IPv4 address at the end,
 * {@code [::ffff:1.2.3.4]}: RFC 4291, 2.2), and hosts that differ in case only (RFC 3986, 6.2.2.1) are different ones to it. The name is as long
 * as the authority, and equal authorities have equal names.
 */
final class AddressMask {
    private AddressMask() {}

    /**
     * Puts names in place of the authorities of a head, in its bytes. A Host beside a path is compared with nothing, and left as it is unless it is
     * an address in brackets.
     *
     * @return whether there are other names now
     */
    static boolean cover(Head head) {
        ByteBuffer bytes = head.bytes();
        int target = head.begin() + head.targetBegin();
        String host = head.host();
        boolean path = bytes.get(target) == '/';
        int field = host == null || path && !host.startsWith("[") ? -1 : head.find(KnownField.HOST);
        boolean changed =
                field >= 0 && cover(bytes, head.begin() + head.valueBegin(field), head.begin() + head.valueEnd(field));
        if (!path) {
            String text = head.target();
            int from = text.indexOf("://") + 3;
            changed |= from > 2
                    && cover(
                            bytes,
                            target + from,
                            target + from + HostNames.authorityAt(text, from).length());
        }
        return changed;
    }

    private static boolean cover(ByteBuffer bytes, int from, int to) {
        boolean address = from < to && bytes.get(from) == '[';
        boolean changed = false;
        for (int at = from; at < to; at++) {
            int c = bytes.get(at);
            int name = c;
            if (address && (c == '[' || c == ']')) {
                address = c == '[';
                name = 'x';
            } else if (address && c == ':') {
                name = '-';
            } else if (c >= 'A' && c <= 'Z') {
                name = c | 0x20;
            }
            changed |= name != c;
            bytes.put(at, (byte) name);
        }
        return changed;
    }
}
