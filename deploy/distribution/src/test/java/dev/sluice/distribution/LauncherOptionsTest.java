package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/sluice} tells the JVM, seen with a JDK that only prints its arguments. */
class LauncherOptionsTest {
    /** What is opened of the JDK, and what needs it. Whoever wants more says here what for. */
    private static final Map<String, String> OPENED = Map.of(
            "java.base/java.lang",
            "lane loop makes virtual threads with a scheduler of its own (VirtualThreads); thread locals of requests are cleared (ThreadLocals);"
                    + " the leak watch reads shutdown hooks (Holders)",
            "java.base/java.util",
            "forks look into the wrappers of Collections",
            "java.base/java.util.function",
            "forks look into what Predicate.and, Function.andThen and the like return (JdkLambda)",
            "java.base/jdk.internal.vm",
            "thread dumps show virtual threads on loops (ThreadDumps)",
            "java.sql/java.sql",
            "the leak watch reads the registered drivers, and takes forgotten ones away (Holders, JvmHooks)");

    @TempDir
    Path jdk;

    private String options(int version, String... more) throws IOException, InterruptedException {
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        Path java = jdk.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        List<String> command =
                new ArrayList<>(List.of("sh", Path.of("src/main/bin/sluice").toString()));
        command.addAll(List.of(more));
        command.add("version");
        ProcessBuilder script = new ProcessBuilder(command);
        script.environment().put("JAVA_HOME", jdk.toString());
        Process process = script.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void finalFieldsMayBeSetWhereTheJdkAsks() throws Exception {
        assertThat(options(26)).contains("--enable-final-field-mutation=ALL-UNNAMED");
        assertThat(options(27)).contains("--enable-final-field-mutation=ALL-UNNAMED");
        assertThat(options(25)).doesNotContain("final-field");
        assertThat(options(17)).contains("--add-opens=java.base/java.util.function=ALL-UNNAMED");
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void noMoreIsOpenedThanIsNeeded() throws Exception {
        for (int version : new int[] {17, 25, 26}) {
            String options = options(version);
            assertThat(found("--add-opens=(\\S+)=ALL-UNNAMED", options))
                    .containsExactlyInAnyOrderElementsOf(OPENED.keySet());
            assertThat(options).doesNotContain("--add-exports");
        }
    }

    @Test
    void theManifestOpensTheSame() throws Exception {
        String manifest = Files.readString(Path.of("pom.xml"));
        List<String> opened = found("<Add-Opens>([^<]*)</Add-Opens>", manifest);
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).split(" ")).containsExactlyInAnyOrderElementsOf(OPENED.keySet());
        assertThat(manifest).doesNotContain("Add-Exports");
    }

    /** JEP 500: of JARs that are run directly, it is the manifest that allows it. */
    @Test
    void theManifestLetsFinalFieldsBeSet() throws Exception {
        assertThat(found(
                        "<Enable-Final-Field-Mutation>([^<]*)</Enable-Final-Field-Mutation>",
                        Files.readString(Path.of("pom.xml"))))
                .containsExactly("ALL-UNNAMED");
    }

    @Test
    void theOperatorMaySayItInHisOwnWay() throws Exception {
        assertThat(options(26, "--illegal-final-field-mutation=deny"))
                .containsPattern("--illegal-final-field-mutation=deny .*-jar \\S+sluice.jar version");
    }
}
