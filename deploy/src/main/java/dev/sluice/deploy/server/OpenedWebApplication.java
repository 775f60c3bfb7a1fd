package dev.sluice.deploy.server;

import dev.sluice.deploy.deployment.Anatomy;
import dev.sluice.deploy.deployment.ApplicationOpener;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.engine.application.Application;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.naming.ComponentFactory;
import dev.sluice.engine.naming.DataSources;
import dev.sluice.engine.naming.NamingEnvironment;
import dev.sluice.engine.servlet.ServletApplication;
import dev.sluice.engine.servlet.ServletEnvironment;
import dev.sluice.war.LoadedWebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A web application and its unpacked files. */
final class OpenedWebApplication implements ApplicationOpener.Opened {
    private final DeploymentRequest request;
    private final LoadedWebApplication loaded;
    private final ServletContexts contexts;
    private final Path work;
    private final CompiledPages pages;
    private @Nullable Path temporary;
    private volatile @Nullable ServletApplication started;
    private @Nullable NamingEnvironment naming;

    OpenedWebApplication(
            DeploymentRequest request,
            LoadedWebApplication loaded,
            ServletContexts contexts,
            Path work,
            CompiledPages pages) {
        this.pages = pages;
        this.request = request;
        this.loaded = loaded;
        this.contexts = contexts;
        this.work = work;
    }

    @Override
    public String kind() {
        return "war";
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
        Path directory = Files.createTempDirectory(work, "temporary-");
        temporary = directory;
        if (loaded.hasPages()) {
            pages.restore(loaded.contentHash(), directory);
        }
        WebApplication description = description();
        NamingEnvironment names = new NamingEnvironment(
                description.namingEntries(),
                loaded.classLoader(),
                new DataSources(contexts.settings().dataSources(), loaded.classLoader(), contexts.drivers()));
        naming = names;
        names.activate();
        ServletEnvironment environment =
                contexts.environment(request, loaded, new ComponentFactory(description, names), directory);
        ServletApplication application = ServletApplication.create(description, environment);
        application.start();
        started = application;
        contexts.add(request, application);
        return application;
    }

    /** Context parameters of the configuration count before those of web.xml. */
    private WebApplication description() {
        Map<String, String> configured = contexts.settings().parameters(request);
        if (configured.isEmpty()) {
            return loaded.description();
        }
        Map<String, String> all = new HashMap<>(loaded.description().contextParameters());
        all.putAll(configured);
        return loaded.description().toBuilder().contextParameters(all).build();
    }

    @Override
    public List<String> degradations() {
        ServletApplication application = started;
        return application == null ? List.of() : application.degradations();
    }

    @Override
    public Optional<Anatomy> anatomy() {
        ServletApplication application = started;
        return application == null
                ? Optional.empty()
                : Optional.of(new Anatomy(description(), application.constraints()));
    }

    @Override
    public void stop() {
        ServletApplication application = started;
        if (application != null) {
            contexts.remove(request, application);
            application.stop();
        }
    }

    /** The sessions that the other generation had until now. */
    @Override
    public void replacedEnded() {
        ServletApplication application = started;
        if (application != null) {
            application.sessions().restore();
        }
    }

    @Override
    public void close() throws IOException {
        if (naming != null) {
            naming.close();
        }
        loaded.close();
        if (temporary != null) {
            if (loaded.hasPages()) {
                pages.keep(loaded.contentHash(), temporary);
            }
            WorkDirectory.remove(temporary);
        }
    }
}
