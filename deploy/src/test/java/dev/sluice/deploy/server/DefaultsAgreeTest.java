package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.engine.http.HttpOptions;
import org.junit.jupiter.api.Test;

/** A server whose configuration says nothing behaves as one that was made without a configuration. */
class DefaultsAgreeTest {
    @Test
    void ofConnections() {
        assertThat(ApplicationListener.http(Configuration.defaults())).isEqualTo(HttpOptions.defaults());
    }
}
