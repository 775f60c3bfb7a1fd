package dev.sluice.deploy.server;

import dev.sluice.api.HandlerApplication;
import dev.sluice.deploy.deployment.ApplicationOpener;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.engine.application.Application;
import dev.sluice.engine.handler.HandlerDeployment;
import dev.sluice.engine.handler.HandlerDescription;
import dev.sluice.war.Archives;
import dev.sluice.war.LoadedArchive;
import dev.sluice.war.LoadedHandler;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.LoaderOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens WARs and handler jars. */
final class ArchiveOpener implements ApplicationOpener {
    private static final System.Logger LOG = System.getLogger(ArchiveOpener.class.getName());

    private final ApplicationSettings settings;
    private final ServletContexts contexts;
    private volatile @Nullable Path work;

    ArchiveOpener(ApplicationSettings settings, ServletContexts contexts) {
        this.settings = settings;
        this.contexts = contexts;
    }

    /** Where archives are unpacked and applications have their temporary directories. */
    void work(Path directory) {
        work = directory;
    }

    void removeWork() {
        WorkDirectory.remove(work());
    }

    private Path work() {
        return Objects.requireNonNull(work, "the work directory is opened before applications");
    }

    /** Beside the directory of this process, since they are kept for the next one. */
    private CompiledPages pages(DeploymentRequest request) {
        return new CompiledPages(work().resolveSibling("pages"), settings.refusesExit(request));
    }

    @Override
    public Opened open(DeploymentRequest request) throws Exception {
        LoadedArchive loaded = Archives.open(
                request.archive(),
                LoaderOptions.of(work())
                        .withLinks(settings.links(request))
                        .withLimits(settings.archives())
                        .withRefusedExit(settings.refusesExit(request)));
        loaded.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, request.id() + ": " + warning));
        if (loaded instanceof LoadedHandler handler) {
            return new OpenedHandler(request, handler);
        }
        return new OpenedWebApplication(request, (LoadedWebApplication) loaded, contexts, work(), pages(request));
    }

    /** A handler application and its jar. */
    private final class OpenedHandler implements Opened {
        private final DeploymentRequest request;
        private final LoadedHandler loaded;
        private @Nullable HandlerDeployment started;

        OpenedHandler(DeploymentRequest request, LoadedHandler loaded) {
            this.request = request;
            this.loaded = loaded;
        }

        @Override
        public String kind() {
            return "handler";
        }

        @Override
        public String hash() {
            return loaded.contentHash();
        }

        @Override
        public ClassLoader classLoader() {
            return loaded.classLoader();
        }

        @Override
        public Application start() throws Exception {
            HandlerDescription description = new HandlerDescription(
                    request.id(),
                    request.name().contextPath(),
                    request.name().version(),
                    settings.parameters(request),
                    loaded.classLoader(),
                    settings.forks(request));
            HandlerDeployment deployment = HandlerDeployment.start(description, type());
            started = deployment;
            return deployment;
        }

        private Class<? extends HandlerApplication> type() throws ClassNotFoundException {
            Class<?> type = loaded.classLoader().loadClass(loaded.className());
            if (!HandlerApplication.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("application class " + type.getName() + " of " + request.archive()
                        + " (expected: a class that implements " + HandlerApplication.class.getName() + ")");
            }
            return type.asSubclass(HandlerApplication.class);
        }

        @Override
        public void stop() throws Exception {
            if (started != null) {
                started.stop();
            }
        }

        @Override
        public void close() {
            loaded.close();
        }
    }
}
