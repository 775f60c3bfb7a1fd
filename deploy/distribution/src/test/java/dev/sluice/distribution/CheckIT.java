package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.safe.SafeApplication;
import dev.sluice.distribution.application.unsafe.UnsafeApplication;
import dev.sluice.distribution.application.unsafe.UnsafeServlet;
import dev.sluice.war.Archives;
import dev.sluice.war.LoaderOptions;
import dev.sluice.war.check.CheckReport;
import dev.sluice.war.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code sluice check} on archives with planted mistakes: what it says, in which forms, how it ends, and that it changes nothing. */
class CheckIT {
    private static final String UNSAFE = UnsafeApplication.class.getName();
    private static final Path SOURCES = Path.of("src/test/java");

    @TempDir
    Path directory;

    private Path temporary;
    private int status;

    @BeforeEach
    void temporaryDirectory() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    private Path handler() throws IOException {
        return Jars.handler(
                directory.resolve("unsafe.jar"),
                UnsafeApplication.class,
                Jars.with(new Class<?>[] {UnsafeApplication.class}, UNSAFE + "$Registry"));
    }

    private Path war(String parameter) throws IOException {
        return Jars.war(
                directory.resolve("unsafe.war"),
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'><servlet>"
                        + "<servlet-name>unsafe</servlet-name><servlet-class>" + UnsafeServlet.class.getName()
                        + "</servlet-class>" + parameter + "</servlet></web-app>",
                UnsafeServlet.class);
    }

    /** Runs the command with the temporary directory of this test; its output. */
    private String check(Object... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(SluiceProcess.launcher(), "-Djava.io.tmpdir=" + temporary, "check"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        try (SluiceProcess process = SluiceProcess.start(directory, command)) {
            status = process.awaitExit();
            return String.join("\n", process.lines());
        }
    }

    /** Where a marked line stands, as reports write it. */
    private static String place(Class<?> type, String method, String mark) throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// mark: " + mark)) {
                return type.getName() + "." + method + "(" + type.getSimpleName() + ".java:" + (i + 1) + ")";
            }
        }
        throw new AssertionError("no mark " + mark);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    contents.put(
                            file.toString(),
                            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return contents;
    }

    @Test
    void aHandlerJarWithEveryMistake() throws Exception {
        String report = check(handler());
        Class<?> type = UnsafeApplication.class;

        assertThat(status).isEqualTo(1);
        assertThat(report.lines())
                .anyMatch(starting(
                        "BLOCKER " + UNSAFE + ".start -> lambda.names -> java.util.List",
                        place(type, "start", "captured")))
                .anyMatch(starting("BLOCKER " + UNSAFE + ".served -> int", place(type, "cache", "static assigned")))
                .anyMatch(starting(
                        "BLOCKER " + UNSAFE + ".CACHE -> java.util.Map", place(type, "cache", "static changed")))
                .anyMatch(starting(
                        "BLOCKER " + UNSAFE + ".last -> java.lang.String", place(type, "cache", "field assigned")))
                .anyMatch(starting(
                        "BLOCKER " + UNSAFE + "$Registry.INSTANCE -> " + UNSAFE + "$Registry",
                        place(type, "next", "singleton changed").replace(UNSAFE + ".", UNSAFE + "$Registry.")))
                .anyMatch(line -> line.startsWith("NOTE " + UNSAFE + ".LIMITS -> int[]"))
                .anyMatch(starting(
                        "NOTE " + UNSAFE + ".start -> lambda.weights -> int[]",
                        place(type, "start", "captured, only read")))
                .last()
                .asString()
                .contains("UNSAFE to fork");
    }

    private static Predicate<String> starting(String start, String place) {
        return line -> line.startsWith(start) && line.contains("[" + place + "]") && line.contains("; ");
    }

    @Test
    void aWar() throws Exception {
        String report = check(war(""));

        assertThat(status).isEqualTo(1);
        assertThat(report)
                .contains("BLOCKER " + UnsafeServlet.class.getName() + ".caller -> java.lang.String")
                .contains(place(UnsafeServlet.class, "doGet", "field assigned"))
                .contains("@ForkedPerRequest");
    }

    @Test
    void whatIsForkedPerRequestIsSafe() throws Exception {
        String report = check(war("<init-param><param-name>dev.sluice.api.ForkedPerRequest</param-name>"
                + "<param-value>true</param-value></init-param>"));

        assertThat(report).contains("0 findings").contains("SAFE to fork");
        assertThat(status).isZero();
    }

    @Test
    void whatKeepsItsStateInTemplatesIsSafe() throws Exception {
        Path jar = Jars.handler(directory.resolve("safe.jar"), SafeApplication.class, SafeApplication.class);

        assertThat(check(jar)).contains("looked at 1 class of its own").contains("safe: SAFE to fork");
        assertThat(status).isZero();
    }

    @Test
    void whatRequestsLeaveBehindIsSeenByStartingIt() throws Exception {
        String report = check("--start", handler());

        assertThat(status).isEqualTo(1);
        assertThat(report.lines())
                .anyMatch(line ->
                        line.startsWith("BLOCKER GET /names.names -> seen at run time: GET /names left it changed"))
                .anyMatch(line -> line.startsWith("BLOCKER " + UNSAFE + ".served -> seen at run time: GET /cache"));
        assertThat(report)
                .contains(
                        "unsafe: started in a JVM of its own: 0 templates, so that nothing was forked, 3 routes called, 0 not");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aForkOfARealTemplateLeavesNothingBehind() throws Exception {
        Path jar = Jars.handler(directory.resolve("safe.jar"), SafeApplication.class, SafeApplication.class);

        assertThat(check("--start", jar))
                .contains("started in a JVM of its own: 1 template [names (")
                .contains("1 route called, 0 not, 0 leaks")
                .contains("safe: SAFE to fork");
        assertThat(status).isZero();
    }

    @Test
    void aWarWithoutClassesOfItsOwnIsNotDecided() throws Exception {
        Path war = Jars.war(
                directory.resolve("empty.war"),
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'><servlet><servlet-name>a</servlet-name>"
                        + "<servlet-class>lib.A</servlet-class></servlet></web-app>");

        assertThat(check(war))
                .contains("not seen: the application has no classes of its own")
                .contains("empty: NOT DECIDED");
        assertThat(status).isEqualTo(3);
    }

    @Test
    void theSameAsJson() throws Exception {
        Object parsed = new Load(LoadSettings.builder().build()).loadFromString(check("--json", handler()));

        assertThat(status).isEqualTo(1);
        assertThat(parsed).isInstanceOf(Map.class);
        Map<?, ?> report = (Map<?, ?>) parsed;
        assertThat(report.get("application")).isEqualTo("unsafe");
        assertThat(report.get("verdict")).isEqualTo("UNSAFE");
        assertThat(((Map<?, ?>) report.get("looked")).get("classes")).isEqualTo(2);
        assertThat((List<?>) report.get("findings")).anySatisfy(finding -> {
            Map<?, ?> found = (Map<?, ?>) finding;
            assertThat(found.get("kind")).isEqualTo("CAPTURED_VARIABLE");
            assertThat(found.get("severity")).isEqualTo("BLOCKER");
            assertThat(found.get("path")).isEqualTo(UNSAFE + ".start -> lambda.names");
            assertThat(found.get("class")).isEqualTo(UNSAFE);
            assertThat(found.get("method")).isEqualTo("start");
            assertThat(found.get("file")).isEqualTo("UnsafeApplication.java");
            assertThat(place(UnsafeApplication.class, "start", "captured"))
                    .endsWith("(UnsafeApplication.java:" + found.get("line") + ")");
            assertThat(found.get("type")).isEqualTo("java.util.List");
            assertThat(found.get("advice").toString()).isNotBlank();
        });
    }

    @Test
    void theSameAsAnApi() throws Exception {
        Path jar = handler(); // once: another one has other times in it
        CheckReport report = Archives.check(jar, LoaderOptions.of(temporary), false, type -> false);

        assertThat(report.verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(check("--json", jar)).contains(report.contentHash());
        assertThat(report.text().lines().toList())
                .containsAll(check(jar).lines().toList());
    }

    @Test
    void nothingIsChanged() throws Exception {
        handler();
        war("");
        Map<String, String> before = contents(directory);
        Map<String, String> installation = contents(SluiceProcess.INSTALLATION);

        check("--libraries", directory.resolve("unsafe.jar"));
        check("--json", directory.resolve("unsafe.war"));

        assertThat(contents(directory)).isEqualTo(before);
        assertThat(contents(SluiceProcess.INSTALLATION)).isEqualTo(installation);
        assertThat(temporary).isEmptyDirectory();
    }
}
