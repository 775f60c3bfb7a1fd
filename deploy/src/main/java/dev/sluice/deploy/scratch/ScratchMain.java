package dev.sluice.deploy.scratch;

import dev.sluice.api.HandlerApplication;
import dev.sluice.fork.ForkOptions;
import dev.sluice.war.Archives;
import dev.sluice.war.LoadedArchive;
import dev.sluice.war.LoadedHandler;
import dev.sluice.war.LoaderOptions;
import dev.sluice.war.archive.ClassFiles;
import dev.sluice.war.check.StartedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the scratch JVM begins: archive, work directory, file for the result, and the types that are shared on purpose. */
public final class ScratchMain {
    private ScratchMain() {}

    /** Writes what was found, and ends the process whatever the application left running. */
    public static void main(String[] arguments) throws Exception {
        Path result = Path.of(arguments[2]);
        String[] shared = arguments.length > 3 ? arguments[3].split(",") : new String[0];
        List<String> lines;
        try {
            lines = run(Path.of(arguments[0]), Path.of(arguments[1]), shared).lines();
        } catch (Exception | LinkageError e) {
            lines = List.of(StartedRun.failure(String.valueOf(e)));
        }
        Files.write(result, lines);
        Runtime.getRuntime().halt(0);
    }

    private static StartedRun run(Path source, Path work, String[] shared) throws Exception {
        try (LoadedArchive archive = Archives.open(source, LoaderOptions.of(work))) {
            if (!(archive instanceof LoadedHandler handler)) {
                return StartedRun.failed(
                        "only handler applications can be started in memory, and this is a web application");
            }
            Thread.currentThread().setContextClassLoader(handler.classLoader());
            Object made = Class.forName(handler.className(), true, handler.classLoader())
                    .getConstructor()
                    .newInstance();
            ForkOptions options = ForkOptions.defaults().sharing(shared);
            return new LeakSearch((HandlerApplication) made, classes(source, handler.classLoader()), options).run();
        }
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
