package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes with more fields than one would write by hand. */
class ManyFieldsTest {
    private static final int FIELDS = 700;

    @TempDir
    Path directory;

    private Object instance(String source) throws Exception {
        Path file = Files.writeString(directory.resolve("Many.java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", directory.toString(), file.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return loader.loadClass("Many").getMethod("make").invoke(null);
        }
    }

    @Test
    void onACycle() throws Exception {
        String fields = IntStream.range(0, FIELDS)
                .mapToObj(i -> "public long f" + i + " = " + i + "; public int[] a" + i + " = {" + i + "};")
                .collect(Collectors.joining("\n"));
        Object many = instance("public class Many {\n" + fields + "\npublic Many self = this;\n"
                + "public static Object make() { return new Many(); } }");
        Object fork = Template.of("many", many, ForkOptions.defaults()).fork();
        for (int i = 0; i < FIELDS; i++) {
            assertThat(fork.getClass().getField("f" + i).getLong(fork)).isEqualTo(i);
            int[] array = (int[]) fork.getClass().getField("a" + i).get(fork);
            assertThat(array)
                    .containsExactly(i)
                    .isNotSameAs(many.getClass().getField("a" + i).get(many));
        }
        assertThat(fork.getClass().getField("self").get(fork)).isSameAs(fork);
    }

    @Test
    void ofARecord() throws Exception {
        String components = IntStream.range(0, 80)
                .mapToObj(i -> i % 2 == 0 ? "int f" + i : "long[] f" + i)
                .collect(Collectors.joining(", "));
        String values = IntStream.range(0, 80)
                .mapToObj(i -> i % 2 == 0 ? "" + i : "new long[] {" + i + "}")
                .collect(Collectors.joining(", "));
        Object many = instance("public record Many(" + components + ") {\n"
                + "public static Object make() { return new Many(" + values + "); } }");
        Object fork = Template.of("many", many, ForkOptions.defaults()).fork();
        assertThat(fork.getClass().getMethod("f78").invoke(fork)).isEqualTo(78);
        assertThat((long[]) fork.getClass().getMethod("f79").invoke(fork)).containsExactly(79);
    }
}
