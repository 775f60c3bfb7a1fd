package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.ReadingApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All cases of h2spec, which breaks the rules of RFC 9113 one by one, in clear text and with TLS. */
class H2SpecIT {
    private static final Path ARTIFACT = Path.of("target/applications/h2spec.jar");
    private static final String BINARY = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

    private static final String ALL_PASSED = "145 tests, 145 passed, 0 skipped, 0 failed";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void everyCasePasses(String transport) throws Exception {
        Uring.assume(transport);
        Path binary = binary();
        Keys keys = Keys.make(directory.resolve("keys.p12"), "CN=localhost");
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "transport=" + transport,
                "--set",
                "tls.port=0",
                "--set",
                "tls.keystore=" + keys.file(),
                "--set",
                "tls.keystore-password=" + Keys.PASSWORD,
                Jars.handler(directory.resolve("reading.jar"), ReadingApplication.class, ReadingApplication.class))) {
            assertThat(sluice.get("/reading/").statusCode()).isEqualTo(200);

            assertThat(cases(binary, sluice.port())).contains(ALL_PASSED);
            assertThat(cases(binary, securePort(sluice), "-t", "-k")).contains(ALL_PASSED);
        }
    }

    /** The program, unpacked; the test is left out, and says so, where it cannot run. */
    private Path binary() throws IOException, InterruptedException {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Assumptions.assumeTrue(
                platform.equals("Linux amd64"), "h2spec is there for Linux amd64, and this is " + platform);
        Path archive = directory.resolve("h2spec.tar.gz");
        try (ZipFile jar = new ZipFile(ARTIFACT.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(BINARY))) {
            Files.copy(in, archive);
        }
        run(List.of("tar", "xzf", archive.toString(), "-C", directory.toString()));
        return directory.resolve("h2spec");
    }

    private String cases(Path binary, int port, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(), "-h", "127.0.0.1", "-p", Integer.toString(port), "-P", "/reading/", "-o", "10"));
        command.addAll(List.of(more));
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as("%s ended; it said: %s", command, said).isTrue();
        return said;
    }

    private static int securePort(SluiceProcess sluice) {
        Matcher matcher = Pattern.compile("listening on https://127\\.0\\.0\\.1:(\\d+) \\(")
                .matcher(String.join("\n", sluice.lines()));
        assertThat(matcher.find()).as("%s", sluice.lines()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
