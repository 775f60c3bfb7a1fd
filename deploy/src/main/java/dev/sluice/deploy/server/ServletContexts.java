package dev.sluice.deploy.server;

import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.engine.servlet.ServletApplication;
import dev.sluice.engine.servlet.ServletEnvironment;
import dev.sluice.engine.servlet.ServletOptions;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.jsp.JspOptions;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What web applications get from the server, and how they find each other. Any thread. */
final class ServletContexts {
    private final ApplicationSettings settings;
    private final ScheduledExecutorService scheduler;
    private final Map<Mounted, ServletApplication> running = new ConcurrentHashMap<>();

    /** Where an application is mounted; of several versions the one that started last. */
    private record Mounted(VirtualHost host, String contextPath) {}

    ServletContexts(ApplicationSettings settings, ScheduledExecutorService scheduler) {
        this.settings = settings;
        this.scheduler = scheduler;
    }

    ApplicationSettings settings() {
        return settings;
    }

    ServletEnvironment environment(DeploymentRequest request, LoadedWebApplication loaded, Path temporary) {
        ServletOptions options = ServletOptions.DEFAULT
                .withCrossContext(settings.crossContext(request))
                .withDevelopment(settings.development(request));
        InstanceFactory instances = InstanceFactory.constructorOnly();
        JspOptions pages = settings.development(request) ? JspOptions.DEVELOPMENT : JspOptions.PRODUCTION;
        return ServletEnvironment.builder(
                        request.name().contextPath(), loaded.classLoader(), loaded.resources(), scheduler)
                .name(request.id())
                .version(request.name().version())
                .virtualServerName(request.host().name())
                .temporaryDirectory(temporary)
                .options(options)
                .instances(instances)
                .jsp(loaded.hasPages() ? loaded.jsp(pages, instances) : null)
                .contextLookup(path -> find(request.host(), path))
                .build();
    }

    void add(DeploymentRequest request, ServletApplication application) {
        running.put(mounted(request), application);
    }

    void remove(DeploymentRequest request, ServletApplication application) {
        running.remove(mounted(request), application);
    }

    private static Mounted mounted(DeploymentRequest request) {
        return new Mounted(request.host(), request.name().contextPath());
    }

    /** The context with the longest path that this path begins with. */
    private @Nullable ServletContext find(VirtualHost host, String path) {
        for (String prefix = path.equals("/") ? "" : path; ; prefix = prefix.substring(0, prefix.lastIndexOf('/'))) {
            ServletApplication application = running.get(new Mounted(host, prefix));
            if (application != null) {
                return application.servletContext();
            }
            if (prefix.lastIndexOf('/') < 0) {
                return null;
            }
        }
    }
}
