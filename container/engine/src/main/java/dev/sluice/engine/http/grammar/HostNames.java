package dev.sluice.engine.http.grammar;

/** What may stand in a Host field: RFC 9110, 7.2, and RFC 3986, 3.2.2, less what no host is called. */
public final class HostNames {
    private static final int LARGEST_PORT = 65_535;

    private HostNames() {}

    /** A host name, an IPv4 address or an IPv6 address in brackets, with or without a port. */
    public static boolean isAuthority(String text) {
        int hostEnd;
        if (text.startsWith("[")) {
            hostEnd = text.indexOf(']') + 1;
            if (hostEnd == 0 || !isIpv6(text.substring(1, hostEnd - 1))) {
                return false;
            }
        } else {
            int colon = text.indexOf(':');
            hostEnd = colon < 0 ? text.length() : colon;
            if (!isName(text, hostEnd)) {
                return false;
            }
        }
        return hostEnd == text.length() || text.charAt(hostEnd) == ':' && isPort(text, hostEnd + 1);
    }

    /** The authority of a URL, where it begins behind the scheme (RFC 3986, 3.2). */
    public static String authorityAt(String url, int from) {
        int end = from;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(from, end);
    }

    /** The host of an authority, an IPv6 address without its brackets. */
    public static String host(String authority) {
        if (authority.startsWith("[")) {
            return authority.substring(1, authority.indexOf(']'));
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** The port of an authority, or that of the scheme. */
    public static int port(String authority, String scheme) {
        int colon = authority.indexOf(':', authority.indexOf(']') + 1);
        if (colon >= 0) {
            return Integer.parseInt(authority.substring(colon + 1));
        }
        return scheme.equals("https") ? 443 : 80;
    }

    private static boolean isName(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return end > 0 && end <= 255 && text.charAt(0) != '.' && text.charAt(0) != '-';
    }

    private static boolean isPort(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i - from >= 5) {
                return false;
            }
            port = port * 10 + c - '0';
        }
        return port > 0 && port <= LARGEST_PORT;
    }

    private static boolean isIpv6(String address) {
        int groups = 0;
        int doubled = 0;
        int digits = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '.') {
                // The last 32 bits as an IPv4 address.
                int start = address.lastIndexOf(':', i) + 1;
                groups += 2;
                return isIpv4(address.substring(start)) && complete(groups, doubled);
            }
            if (c == ':') {
                boolean twice = i + 1 < address.length() && address.charAt(i + 1) == ':';
                if (twice) {
                    doubled++;
                    i++;
                } else if (digits == 0) {
                    return false;
                }
                groups += digits > 0 ? 1 : 0;
                digits = 0;
            } else if (Character.digit(c, 16) < 0 || c > 'f' || ++digits > 4) {
                return false;
            }
        }
        groups += digits > 0 ? 1 : 0;
        return complete(groups, doubled) && (digits > 0 || address.endsWith("::"));
    }

    private static boolean complete(int groups, int doubled) {
        return doubled == 0 && groups == 8 || doubled == 1 && groups < 8;
    }

    private static boolean isIpv4(String address) {
        String[] parts = address.split("\\.", -1);
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return parts.length == 4;
    }
}
