package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 13.8: CONFIDENTIAL leads to TLS. */
class TransportGuaranteeTest {
    @Test
    void redirects() throws Exception {
        SecurityFixture fixture = new SecurityFixture("BASIC");
        Exchange exchange = fixture.exchange(new Request("GET", "/tls/x?q=1").header("Host", "host.test"), null);
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().redirect()).isEqualTo("https://host.test:8443/app/tls/x?q=1");
    }

    @Test
    void theUsualPortIsLeftOut() throws Exception {
        SecurityFixture fixture = new SecurityFixture(null, SecurityOptions.DEFAULT, 443);
        Exchange exchange = fixture.exchange(new Request("GET", "/tls/x").header("Host", "host.test"), null);
        fixture.security.admit(exchange);
        assertThat(exchange.answer().redirect()).isEqualTo("https://host.test/app/tls/x");
    }

    @Test
    void refusesAClientThatNamesNoHost() throws Exception {
        SecurityFixture fixture = new SecurityFixture("BASIC");
        Exchange exchange = fixture.get("/tls/x");
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(403);
    }

    @Test
    void refusesWithoutAListenerForTls() throws Exception {
        SecurityFixture fixture = new SecurityFixture(null, SecurityOptions.DEFAULT, 0);
        Exchange exchange = fixture.get("/tls/x");
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(403);
    }

    @Test
    void tlsIsGoodEnough() throws Exception {
        SecurityFixture fixture = new SecurityFixture(null);
        assertThat(fixture.security.admit(fixture.exchange(new Request("GET", "/tls/x").secure(), null)))
                .isTrue();
    }
}
