package dev.sluice.engine.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in the notation of RFC 4632: an address and how many of its leading bits count. Nothing is ever looked up by
 * name.
 */
record IpRange(InetAddress address, int bits) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or an address alone.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address != null) {
            int most = address.getAddress().length * 8;
            int bits = slash < 0 ? most : number(text.substring(slash + 1));
            if (bits >= 0 && bits <= most) {
                return new IpRange(address, bits);
            }
        }
        throw new IllegalArgumentException(
                text + " is no range of addresses (expected: an IP address, or one with a number of bits, such as"
                        + " 10.0.0.0/8 or fd00::/8)");
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** The address that a text is, without brackets; null if it is none. */
    static @Nullable InetAddress address(String text) {
        boolean literal = text.indexOf(':') >= 0
                ? IPV6.matcher(text).matches()
                : IPV4.matcher(text).matches() && octets(text);
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }

    private static boolean octets(String text) {
        for (String octet : text.split("\\.")) {
            if (Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] its = other.getAddress();
        if (own.length != its.length) {
            return false;
        }
        for (int i = 0; i < bits; i += 8) {
            int mask = bits - i >= 8 ? 0xff : 0xff << 8 - (bits - i) & 0xff;
            if (((own[i / 8] ^ its[i / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
