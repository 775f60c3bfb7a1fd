package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HostNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word counts about where a request comes from: {@code Forwarded} (RFC 7239), or {@code X-Forwarded-For}, {@code -Proto},
 * {@code -Host}, {@code -Port} and {@code -Prefix}. Of a chain of hops the last one that is no trusted proxy is the client: what stands
 * before it anybody may have written. A value that is not well-formed tells nothing. Immutable, for any number of threads.
 */
public final class TrustedProxies {
    /** Nobody is trusted. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), Fields.AUTO);

    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final int LONGEST_PREFIX = 256;
    private static final int MOST_HOPS = 64;

    private final List<IpRange> ranges;
    private final Fields fields;

    /** Which fields the proxies write. */
    public enum Fields {
        /** Whichever are there; if both are and contradict each other, nothing is believed. */
        AUTO,
        /** {@code X-Forwarded-For} and its like; {@code Forwarded} may be a client's. */
        X_FORWARDED,
        /** {@code Forwarded}; the others may be a client's. */
        FORWARDED
    }

    private TrustedProxies(List<IpRange> ranges, Fields fields) {
        this.ranges = List.copyOf(ranges);
        this.fields = fields;
    }

    /**
     * The proxies in these ranges.
     *
     * @param ranges addresses, or addresses with a number of bits (RFC 4632)
     * @throws IllegalArgumentException naming the range that is none
     */
    public static TrustedProxies of(List<String> ranges, Fields fields) {
        return ranges.isEmpty()
                ? NONE
                : new TrustedProxies(ranges.stream().map(IpRange::parse).toList(), fields);
    }

    /** Whether an address is a proxy's. */
    boolean trusts(@Nullable InetAddress address) {
        if (address != null) {
            for (IpRange range : ranges) {
                if (range.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a request's fields tell, if its peer is trusted. */
    Forwarding read(@Nullable InetAddress peer, Function<String, List<String>> lines) {
        if (ranges.isEmpty() || !trusts(peer)) {
            return Forwarding.NONE;
        }
        return switch (fields) {
            case X_FORWARDED -> separate(lines);
            case FORWARDED -> standard(lines);
            case AUTO -> whichever(lines);
        };
    }

    private Forwarding whichever(Function<String, List<String>> lines) {
        if (lines.apply("Forwarded").isEmpty()) {
            return separate(lines);
        }
        Forwarding standard = standard(lines);
        boolean both = !lines.apply("X-Forwarded-For").isEmpty()
                || !lines.apply("X-Forwarded-Proto").isEmpty()
                || !lines.apply("X-Forwarded-Host").isEmpty();
        if (!both) {
            return standard;
        }
        Forwarding separate = separate(lines);
        return separate.agreesWith(standard) ? separate : Forwarding.NONE;
    }

    private Forwarding standard(Function<String, List<String>> lines) {
        List<Map<String, String>> elements = ForwardedField.parse(lines.apply("Forwarded"));
        if (elements.isEmpty()) {
            return Forwarding.NONE;
        }
        Chain chain = new Chain(elements.stream()
                .map(element -> element.getOrDefault("for", ""))
                .toList());
        Map<String, String> told = elements.get(chain.index);
        return forwarding(chain.client, told.get("proto"), told.get("host"), null, null);
    }

    private Forwarding separate(Function<String, List<String>> lines) {
        List<String> hops = items(lines.apply("X-Forwarded-For"));
        Chain chain = new Chain(hops.size() > MOST_HOPS ? hops.subList(hops.size() - MOST_HOPS, hops.size()) : hops);
        int fromEnd = chain.size - chain.index;
        return forwarding(
                chain.client,
                pick(items(lines.apply("X-Forwarded-Proto")), hops.size(), fromEnd),
                pick(items(lines.apply("X-Forwarded-Host")), hops.size(), fromEnd),
                pick(items(lines.apply("X-Forwarded-Port")), hops.size(), fromEnd),
                pick(items(lines.apply("X-Forwarded-Prefix")), hops.size(), fromEnd));
    }

    /** Of as many values as there are hops the one that was written with the client's address, otherwise the nearest proxy's. */
    private static @Nullable String pick(List<String> values, int hops, int fromEnd) {
        if (values.isEmpty()) {
            return null;
        }
        return values.get(values.size() - (values.size() == hops ? fromEnd : 1));
    }

    private static List<String> items(List<String> lines) {
        List<String> items = new ArrayList<>();
        for (String line : lines) {
            for (String item : line.split(",", -1)) {
                items.add(item.strip());
            }
        }
        return items;
    }

    private static Forwarding forwarding(
            @Nullable InetSocketAddress client,
            @Nullable String proto,
            @Nullable String authority,
            @Nullable String port,
            @Nullable String prefix) {
        String host = authority == null || !HostNames.isAuthority(authority) ? null : authority;
        int colon = host == null ? -1 : host.indexOf(':', host.lastIndexOf(']') + 1);
        int told = port(port);
        if (host != null && colon >= 0) {
            told = told > 0 ? told : port(host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        return new Forwarding(client, scheme(proto), host, told, prefix(prefix));
    }

    private static @Nullable String scheme(@Nullable String proto) {
        return switch (proto == null ? "" : proto.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> null;
        };
    }

    private static int port(@Nullable String text) {
        int port = text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        return port <= 65_535 ? port : 0;
    }

    /** Nothing that could name another host or leave its place: a prefix becomes the beginning of Locations and cookie paths. */
    private static String prefix(@Nullable String text) {
        if (text == null
                || text.length() > LONGEST_PREFIX
                || !PREFIX.matcher(text).matches()) {
            return "";
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The hops of a request, the nearest one last, walked backwards until one is no trusted proxy or not known. */
    private final class Chain {
        private final int size;
        private int index;
        private @Nullable InetSocketAddress client;

        Chain(List<String> hops) {
            size = hops.size();
            for (index = size - 1; index >= 0; index--) {
                InetSocketAddress hop = node(hops.get(index));
                if (hop == null) {
                    return;
                }
                client = hop;
                if (!trusts(hop.getAddress())) {
                    return;
                }
            }
            index = 0;
        }

        /** An address with or without a port (RFC 7239, 6); null for one that is hidden, unknown or malformed. */
        private @Nullable InetSocketAddress node(String text) {
            int bracket = text.lastIndexOf(']');
            boolean bare = bracket < 0 && text.indexOf(':') != text.lastIndexOf(':');
            int colon = bare ? -1 : text.indexOf(':', bracket + 1);
            String host = colon < 0 ? text : text.substring(0, colon);
            if (bracket >= 0) {
                if (!host.startsWith("[") || !host.endsWith("]") || host.indexOf(':') < 0) {
                    return null;
                }
                host = host.substring(1, host.length() - 1);
            }
            InetAddress address = IpRange.address(host);
            return address == null
                    ? null
                    : new InetSocketAddress(address, colon < 0 ? 0 : port(text.substring(colon + 1)));
        }
    }

    @Override
    public String toString() {
        return "trusted proxies " + ranges;
    }
}
