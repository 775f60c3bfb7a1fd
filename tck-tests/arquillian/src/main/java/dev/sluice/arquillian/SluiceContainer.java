package dev.sluice.arquillian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/**
 * Starts an installation of Sluice as its users do, in a process of its own, and deploys by its drop-in directory. The name
 * of an archive is its context path. One test class at a time, as Arquillian calls it: not for use by several threads.
 */
public final class SluiceContainer implements DeployableContainer<SluiceConfiguration> {
    private @Nullable SluiceConfiguration configuration;
    private @Nullable SluiceProcess process;

    @Override
    public Class<SluiceConfiguration> getConfigurationClass() {
        return SluiceConfiguration.class;
    }

    @Override
    public void setup(SluiceConfiguration given) {
        configuration = given;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public void start() throws LifecycleException {
        if (configuration == null) {
            throw new LifecycleException("start without a configuration (expected: setup was called)");
        }
        try {
            process = SluiceProcess.start(configuration);
        } catch (IOException failed) {
            throw new LifecycleException("Sluice did not start: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        SluiceProcess running = process;
        process = null;
        if (running != null) {
            try {
                running.stop(Duration.ofSeconds(40));
            } catch (IOException failed) {
                throw new LifecycleException("Sluice did not stop: " + failed.getMessage(), failed);
            }
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        SluiceProcess server = running();
        String context = contextName(archive);
        Path staged = server.staging().resolve(context + ".war");
        Path target = server.applications().resolve(context + ".war");
        try {
            archive.as(ZipExporter.class).exportTo(staged.toFile(), true);
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            server.awaitRunning(context, Duration.ofSeconds(settings().getDeploySeconds()));
        } catch (IOException failed) {
            removeQuietly(server, target, failed);
            throw new DeploymentException(archive.getName() + ": " + failed.getMessage(), failed);
        }
        String path = context.equals("ROOT") ? "/" : "/" + context.replace('#', '/');
        HTTPContext http =
                new HTTPContext(settings().getHost(), server.port(settings().getScheme()));
        http.add(new Servlet("default", path));
        return new ProtocolMetaData().addContext(http);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        SluiceProcess server = running();
        String context = contextName(archive);
        try {
            Files.deleteIfExists(server.applications().resolve(context + ".war"));
            server.awaitGone(context, Duration.ofSeconds(settings().getDeploySeconds()));
        } catch (IOException failed) {
            throw new DeploymentException(archive.getName() + ": " + failed.getMessage(), failed);
        }
    }

    private static void removeQuietly(SluiceProcess server, Path target, IOException cause) {
        try {
            Files.deleteIfExists(target);
            server.awaitGone(target.getFileName().toString().replaceFirst("\\.war$", ""), Duration.ofSeconds(30));
        } catch (IOException second) {
            cause.addSuppressed(second);
        }
    }

    private static String contextName(Archive<?> archive) {
        return archive.getName().replaceFirst("\\.[wj]ar$", "");
    }

    private SluiceConfiguration settings() throws DeploymentException {
        if (configuration == null) {
            throw new DeploymentException("no configuration (expected: setup was called)");
        }
        return configuration;
    }

    private SluiceProcess running() throws DeploymentException {
        if (process == null) {
            throw new DeploymentException("Sluice is not running (expected: start was called)");
        }
        return process;
    }
}
