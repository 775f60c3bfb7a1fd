package dev.sluice.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said, and done, when io_uring does not work. Each case runs {@link OpenMain} in a process of its own. */
class AvailabilityTest {
    @TempDir
    private Path directory;

    private static List<String> java(String classPath, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, OpenMain.class.getName()));
        return command;
    }

    private String run(List<String> command, String transport) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(transport);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static String classPathWithoutNatives() {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("netty-transport-native-io_uring"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void withoutTheNativeLibraryAutoFallsBackAndTheNamedOneIsRefused() throws Exception {
        String auto = run(java(classPathWithoutNatives()), "auto");
        assertThat(auto).contains("opened nio");
        assertThat(auto)
                .contains(
                        "transport nio is in use because io_uring is not available: the native library does not load");
        assertThat(auto.lines().filter(line -> line.contains("is not available")))
                .hasSize(1);
        String named = run(java(classPathWithoutNatives()), "io_uring");
        assertThat(named).contains("refused transport io_uring is not available: the native library does not load");
    }

    @Test
    void aSeccompFilterIsNamedAsTheCause() throws Exception {
        assumeThat(commandWorks("python3", "-c", "import ctypes"))
                .as("python3 to install a filter")
                .isTrue();
        Path filter = directory.resolve("filter.py");
        try (var script = AvailabilityTest.class.getResourceAsStream("deny-io-uring.py")) {
            assertThat(script).isNotNull();
            Files.write(filter, script.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of("python3", filter.toString()));
        command.addAll(java(classPath()));
        String auto = run(command, "auto");
        assertThat(auto).contains("opened nio").contains("seccomp");
        assertThat(run(command, "io_uring"))
                .contains("refused transport io_uring is not available")
                .contains("seccomp");
    }

    @Test
    void ringsThatTheLimitsForbidFallBackToo() throws Exception {
        assumeThat(commandWorks("sh", "-c", "ulimit -n 100")).isTrue();
        // The probe needs a few descriptors; hundreds of loops need more than are allowed.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 160; exec \"$@\"", "sh"));
        command.addAll(java(classPath(), "-Dloops=200"));
        String named = run(command, "io_uring");
        assertThat(named).contains("refused transport io_uring is not available: the limit of open files");
    }

    private static boolean commandWorks(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6.1.0, true",
        "6.18.44-fc, true",
        "7.0, true",
        "5.15.0-91-generic, false",
        "6.0.9, false",
        "strange, false"
    })
    void theKernelMustBe61OrNewer(String version, boolean recent) {
        assertThat(UringAvailability.isRecent(version)).isEqualTo(recent);
    }

    @Test
    void causesAreSaidInAnOperatorsWords() {
        assertThat(UringAvailability.cause(new IOException("io_uring_setup: Cannot allocate memory")))
                .contains("ulimit -l");
        assertThat(UringAvailability.cause(new IOException("Function not implemented")))
                .contains("without io_uring");
        assertThat(UringAvailability.cause(new UnsatisfiedLinkError("no such thing")))
                .contains("native library");
    }
}
