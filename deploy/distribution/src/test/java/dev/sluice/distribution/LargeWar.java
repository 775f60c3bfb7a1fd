package dev.sluice.distribution;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes of the WARs that the profile {@code wars} fetches what this container can run. */
final class LargeWar {
    private static final Path FETCHED = Path.of("target/wars").toAbsolutePath();

    private LargeWar() {}

    /** A fetched file. */
    static Path fetched(String name) {
        return FETCHED.resolve(name);
    }

    /** A WAR that was made for {@code javax}, converted by Apache's tool. */
    static Path converted(String name, Path target) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                fetched("jakartaee-migration.jar").toString(),
                fetched(name).toString(),
                target.toString());
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (tool.waitFor() != 0) {
            throw new AssertionError(command + " ended with " + tool.exitValue());
        }
        return target;
    }

    /** A copy with other libraries: without those that begin so, with further ones. */
    static Path withLibraries(String name, Path target, String without, String... with) throws IOException {
        Files.copy(fetched(name), target, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem war = FileSystems.newFileSystem(URI.create("jar:" + target.toUri()), Map.of())) {
            Path libraries = war.getPath("WEB-INF/lib");
            List<Path> all;
            try (Stream<Path> files = Files.list(libraries)) {
                all = new ArrayList<>(files.toList());
            }
            for (Path library : all) {
                if (library.getFileName().toString().startsWith(without)) {
                    Files.delete(library);
                }
            }
            for (String library : with) {
                Files.copy(fetched(library), libraries.resolve(library));
            }
        }
        return target;
    }
}
