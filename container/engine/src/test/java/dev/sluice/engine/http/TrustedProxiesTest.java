package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts about where a request comes from, and which of their words. */
class TrustedProxiesTest {
    private static final List<String> RANGES = List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7");

    private static InetAddress address(String text) {
        InetAddress address = IpRange.address(text);
        assertThat(address).as(text).isNotNull();
        return address;
    }

    private static Forwarding read(TrustedProxies.Fields fields, String peer, String... lines) {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            int colon = line.indexOf(':');
            map.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return TrustedProxies.of(RANGES, fields).read(address(peer), name -> map.getOrDefault(name, List.of()));
    }

    private static Forwarding read(String... lines) {
        return read(TrustedProxies.Fields.AUTO, "10.0.0.1", lines);
    }

    private static @Nullable String client(Forwarding forwarding) {
        InetSocketAddress client = forwarding.client();
        return client == null ? null : client.getAddress().getHostAddress() + " " + client.getPort();
    }

    @Test
    void nobodyIsTrustedByDefault() {
        assertThat(TrustedProxies.NONE.read(address("127.0.0.1"), name -> List.of("1.2.3.4")))
                .isEqualTo(Forwarding.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.3.4, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/9, 10.127.0.1, true",
        "10.0.0.0/9, 10.128.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "fd00::/8, fdab::1, true",
        "fd00::/8, fe00::1, false",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "10.0.0.0/8, ::ffff:10.1.1.1, true",
        "10.0.0.0/31, 10.0.0.1, true",
        "10.0.0.0/31, 10.0.0.2, false"
    })
    void ranges(String range, String peer, boolean trusted) {
        assertThat(TrustedProxies.of(List.of(range), TrustedProxies.Fields.AUTO).trusts(address(peer)))
                .isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "256.0.0.1", "::1/129", "1.2.3.4/x"})
    void whatIsNoRangeIsRefused(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(List.of(range), TrustedProxies.Fields.AUTO))
                .withMessageContaining(range)
                .withMessageContaining("10.0.0.0/8");
    }

    @Test
    void aPeerThatIsNotTrustedTellsNothing() {
        assertThat(read(
                        TrustedProxies.Fields.AUTO,
                        "203.0.113.5",
                        "X-Forwarded-For: 1.2.3.4",
                        "X-Forwarded-Proto: https"))
                .isEqualTo(Forwarding.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.3.4 | 1.2.3.4 0",
                "6.6.6.6, 1.2.3.4 | 1.2.3.4 0",
                "6.6.6.6, 1.2.3.4, 10.0.0.2 | 1.2.3.4 0",
                "10.0.0.3, 10.0.0.2 | 10.0.0.3 0",
                "1.2.3.4:567 | 1.2.3.4 567",
                "2001:db8::1 | 2001:db8:0:0:0:0:0:1 0",
                "[2001:db8::1]:99 | 2001:db8:0:0:0:0:0:1 99",
                "1.2.3.4, unknown, 10.0.0.2 | 10.0.0.2 0",
                "1.2.3.4, evil.example | ",
                "1.2.3.4, | ",
                "1.2.3.4.5 | ",
                "[1.2.3.4] | ",
                "1.2.3.4]:1 | ",
                "fe80::1%eth0 | "
            })
    void theLastHopThatIsNoProxyIsTheClient(String hops, @Nullable String expected) {
        assertThat(client(read("X-Forwarded-For: " + hops))).isEqualTo(expected);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(client(read("X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-For: 10.0.0.2")))
                .isEqualTo("1.2.3.4 0");
    }

    @Test
    void theOtherFieldsOfTheSameHop() {
        Forwarding told = read(
                "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.0.0.2",
                "X-Forwarded-Proto: http, https, http",
                "X-Forwarded-Host: evil.example, shop.example:8443, inner",
                "X-Forwarded-Prefix: /shop/");
        assertThat(told.scheme()).isEqualTo("https");
        assertThat(told.host()).isEqualTo("shop.example");
        assertThat(told.port()).isEqualTo(8443);
        assertThat(told.prefix()).isEqualTo("/shop");
        Forwarding single =
                read("X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-Proto: https", "X-Forwarded-Port: 444");
        assertThat(single.scheme()).isEqualTo("https");
        assertThat(single.port()).isEqualTo(444);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto | javascript", "X-Forwarded-Proto | https://x", "X-Forwarded-Host | evil.example/x",
                "X-Forwarded-Host | a b", "X-Forwarded-Host | user@host", "X-Forwarded-Host | host:99999",
                "X-Forwarded-Port | 65536", "X-Forwarded-Port | -1", "X-Forwarded-Port | 99999999999",
                "X-Forwarded-Prefix | //evil.example", "X-Forwarded-Prefix | shop", "X-Forwarded-Prefix | /a/../b",
                "X-Forwarded-Prefix | /a;b", "X-Forwarded-Prefix | /%2e%2e", "X-Forwarded-Prefix | /a?b",
                "X-Forwarded-Prefix | /\\evil", "X-Forwarded-Prefix | https://x/"
            })
    void whatIsMalformedTellsNothing(String name, String value) {
        assertThat(read(name + ": " + value)).isEqualTo(Forwarding.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=1.2.3.4;proto=https;host=shop.example | 1.2.3.4 0 https shop.example 0",
                "for=6.6.6.6;proto=http, for=1.2.3.4;proto=https, For=10.0.0.2;PROTO=http | 1.2.3.4 0 https null 0",
                "for=\"[2001:db8::1]:4711\" ; host=\"shop.example:8443\" | 2001:db8:0:0:0:0:0:1 4711 null shop.example 8443",
                "for=_hidden;proto=https | null https null 0",
                "for=1.2.3.4, for=unknown;proto=https | null https null 0",
                "proto=https | null https null 0",
                "for=1.2.3.4;for=5.6.7.8 | null null null 0",
                "for=\"1.2.3.4 | null null null 0",
                "for=1.2.3.4 proto=https | null null null 0",
                "for | null null null 0",
                "= | null null null 0"
            })
    void forwarded(String value, String expected) {
        Forwarding told = read("Forwarded: " + value);
        assertThat(client(told) + " " + told.scheme() + " " + told.host() + " " + told.port())
                .isEqualTo(expected);
    }

    /** A proxy writes one kind; the other may have come from the client. */
    @Test
    void ifBothContradictEachOtherNothingIsBelieved() {
        String[] contradiction = {"Forwarded: for=6.6.6.6", "X-Forwarded-For: 1.2.3.4"};
        assertThat(read(contradiction)).isEqualTo(Forwarding.NONE);
        assertThat(client(read(TrustedProxies.Fields.X_FORWARDED, "10.0.0.1", contradiction)))
                .isEqualTo("1.2.3.4 0");
        assertThat(client(read(TrustedProxies.Fields.FORWARDED, "10.0.0.1", contradiction)))
                .isEqualTo("6.6.6.6 0");
        assertThat(client(read("Forwarded: for=1.2.3.4", "X-Forwarded-For: 1.2.3.4")))
                .isEqualTo("1.2.3.4 0");
    }
}
