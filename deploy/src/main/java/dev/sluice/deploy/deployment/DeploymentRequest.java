package dev.sluice.deploy.deployment;

import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.engine.routing.VirtualHost;
import java.nio.file.Path;

/**
 * What should run where.
 *
 * @param source where it comes from: the archive or exploded directory, or what stands for all archives that replace each other there;
 *     absolute and normalized
 * @param name its name, context path and version
 * @param host the virtual host that it belongs to
 * @param archive the archive or exploded directory to open; absolute and normalized
 */
public record DeploymentRequest(Path source, ArchiveName name, VirtualHost host, Path archive) {
    /** Makes the paths absolute. */
    public DeploymentRequest {
        source = source.toAbsolutePath().normalize();
        archive = archive.toAbsolutePath().normalize();
    }

    /** What comes from the archive itself. */
    public DeploymentRequest(Path source, ArchiveName name, VirtualHost host) {
        this(source, name, host, source);
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
