package dev.sluice.deploy.deployment;

import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.engine.routing.VirtualHost;
import java.nio.file.Path;

/**
 * What should run where.
 *
 * @param source the archive or exploded directory; absolute and normalized
 * @param name its name, context path and version
 * @param host the virtual host that it belongs to
 */
public record DeploymentRequest(Path source, ArchiveName name, VirtualHost host) {
    /** Makes the path absolute. */
    public DeploymentRequest {
        source = source.toAbsolutePath().normalize();
    }

    /** The name by which people and programs know it: that of the archive, behind the host's if it is not the default host. */
    public String id() {
        return host.equals(VirtualHost.DEFAULT) ? name.name() : host.name() + "/" + name.name();
    }

    /** The context path as one writes it. */
    public String path() {
        return name.contextPath().isEmpty() ? "/" : name.contextPath();
    }
}
