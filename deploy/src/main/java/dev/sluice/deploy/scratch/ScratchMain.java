package dev.sluice.deploy.scratch;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Middleware;
import dev.sluice.fork.ForkOptions;
import dev.sluice.war.Archives;
import dev.sluice.war.LoadedArchive;
import dev.sluice.war.LoadedHandler;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.LoaderOptions;
import dev.sluice.war.archive.ClassFiles;
import dev.sluice.war.check.Purity;
import dev.sluice.war.check.StartedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the scratch JVM begins: archive, work directory, file for the result, types that are shared on purpose, patterns of routes that
 * are declared to be pure.
 */
public final class ScratchMain {
    private ScratchMain() {}

    /** Writes what was found, and ends the process whatever the application left running. */
    public static void main(String[] arguments) throws Exception {
        Path result = Path.of(arguments[2]);
        List<String> lines;
        try {
            lines = run(Path.of(arguments[0]), Path.of(arguments[1]), list(arguments[3]), list(arguments[4]))
                    .lines();
        } catch (Exception | LinkageError e) {
            lines = List.of(StartedRun.failure(String.valueOf(e)));
        }
        Files.write(result, lines);
        Runtime.getRuntime().halt(0);
    }

    private static List<String> list(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split(","));
    }

    /** Starts, calls, compares, stops. */
    static StartedRun run(Path source, Path work, List<String> shared, List<String> pure) throws Exception {
        try (LoadedArchive archive = Archives.open(source, LoaderOptions.of(work))) {
            Path own = archive instanceof LoadedWebApplication web ? web.root().resolve("WEB-INF/classes") : source;
            Purity purity = Purity.of(own);
            ClassLoader loader = archive.classLoader();
            Thread.currentThread().setContextClassLoader(loader);
            ForkOptions options = ForkOptions.defaults().sharing(shared.toArray(String[]::new));
            Routes routes = new Routes(Set.copyOf(pure));
            try (Started started = archive instanceof LoadedWebApplication web
                    ? new StartedServlets(web, work, options, routes, purity)
                    : handlers((LoadedHandler) archive, options, routes, purity)) {
                return new LeakSearch(started, loader, classes(own, loader)).run();
            }
        }
    }

    private static Started handlers(LoadedHandler archive, ForkOptions options, Routes routes, Purity purity)
            throws Exception {
        Object made = Class.forName(archive.className(), true, archive.classLoader())
                .getConstructor()
                .newInstance();
        return new StartedHandlers((HandlerApplication) made, options, routes, handler -> outside(handler, purity));
    }

    /** Why a handler or middleware may do something outside. Of one that the API has wrapped, all lambdas of its kind are looked at. */
    private static Optional<String> outside(Object handler, Purity purity) {
        Class<?> type = handler.getClass();
        Class<?> kind = handler instanceof Handler ? Handler.class : Middleware.class;
        int lambda = type.getName().indexOf("$$Lambda");
        if (lambda >= 0) {
            return purity.outsideOfLambdas(type.getName().substring(0, lambda), kind.getName());
        }
        return purity.knows(type.getName())
                ? purity.outside(type.getName(), StartedHandlers.methods(handler))
                : purity.outsideOfLambdas(null, kind.getName());
    }

    /** The application's own classes; those that cannot be loaded cannot hold anything either. */
    private static List<Class<?>> classes(Path source, ClassLoader loader) throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        for (String file : ClassFiles.names(source)) {
            String name = ClassFiles.className(file);
            try {
                classes.add(Class.forName(name, false, loader));
            } catch (ClassNotFoundException | LinkageError absent) {
                System.getLogger(ScratchMain.class.getName())
                        .log(System.Logger.Level.DEBUG, () -> name + " cannot be loaded: " + absent);
            }
        }
        return classes;
    }
}
