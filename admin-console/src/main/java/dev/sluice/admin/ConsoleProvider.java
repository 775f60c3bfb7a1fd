package dev.sluice.admin;

import dev.sluice.deploy.management.Management;
import dev.sluice.deploy.management.ManagementProvider;
import dev.sluice.deploy.management.ServerView;

/** Found by the server: metrics, health and the management API. */
public final class ConsoleProvider implements ManagementProvider {
    /** Found by {@link java.util.ServiceLoader}. */
    public ConsoleProvider() {}

    @Override
    public Management manage(ServerView server) {
        return new Console(server);
    }
}
