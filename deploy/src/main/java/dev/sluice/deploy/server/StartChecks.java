package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.ApplicationKeys;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What single values cannot be wrong about, but several together. */
final class StartChecks {
    private StartChecks() {}

    /**
     * Checks the listener's options, hosts and data sources.
     *
     * @throws IllegalArgumentException naming the keys
     */
    static void check(Configuration configuration) {
        ApplicationListener.http(configuration);
        Map<String, String> owners = new HashMap<>();
        for (String host : configuration.names("hosts")) {
            claim(host, host, owners);
        }
        for (String host : configuration.names("hosts")) {
            for (String alias : configuration.value(Keys.HOST_ALIASES, host).orElse(List.of())) {
                claim(alias, host, owners);
            }
        }
        for (String name : configuration.names("data-sources")) {
            String section = "data-sources." + name;
            if (configuration
                            .value(ApplicationKeys.DATA_SOURCE_URL, name)
                            .orElse("")
                            .isEmpty()
                    || configuration
                            .value(ApplicationKeys.DATA_SOURCE_DRIVER, name)
                            .orElse("")
                            .isEmpty()) {
                throw new IllegalArgumentException(section + ": there is no " + section + ".driver or no " + section
                        + ".url (expected: both; if the name is another one, say it as it stands in the file)");
            }
        }
    }

    private static void claim(String name, String host, Map<String, String> owners) {
        String owner = owners.put(name.toLowerCase(Locale.ROOT), host);
        if (owner != null && !owner.equals(host)) {
            throw new IllegalArgumentException("hosts." + host + " and hosts." + owner + " are both called " + name
                    + " (expected: a name or alias belongs to one virtual host)");
        }
    }
}
