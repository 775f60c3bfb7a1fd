package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An executor of a known library is shared by its role, with what it holds; the same class of an application is copied. */
class KnownLibrariesTest {
    @TempDir
    Path directory;

    private Object executor(String inside) throws Exception {
        Path file = Files.writeString(
                directory.resolve("Direct.java"),
                "package " + inside + ";\npublic final class Direct implements java.util.concurrent.Executor {\n"
                        + "public java.util.List<String> log = new java.util.ArrayList<>();\n"
                        + "public void execute(Runnable task) { log.add(\"ran\"); task.run(); } }\n");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", directory.toString(), file.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return loader.loadClass(inside + ".Direct").getConstructor().newInstance();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "io.netty.sample, true",
        "reactor.sample, true",
        "org.springframework.sample, true",
        "shop.sample, false"
    })
    void byTheirPackage(String inside, boolean shared) throws Exception {
        Object executor = executor(inside);
        List<Object> root = new ArrayList<>(List.of(executor));
        Object fork = Template.of("state", root, ForkOptions.defaults()).fork().get(0);
        assertThat(fork == executor).isEqualTo(shared);
    }

    @Test
    void namesThatOnlyBeginAlikeAreOfAnApplication() throws Exception {
        Object executor = executor("reactors");
        List<Object> root = new ArrayList<>(List.of(executor));
        assertThat(Template.of("state", root, ForkOptions.defaults()).fork().get(0))
                .isNotSameAs(executor);
    }
}
