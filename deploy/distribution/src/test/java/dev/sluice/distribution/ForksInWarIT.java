package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.distribution.application.forks.AnnotatedServlet;
import dev.sluice.distribution.application.forks.BasketFilter;
import dev.sluice.distribution.application.forks.BasketListener;
import dev.sluice.distribution.application.forks.BasketServlet;
import dev.sluice.distribution.application.forks.LoaderServlet;
import dev.sluice.distribution.application.forks.OrdinaryServlet;
import dev.sluice.distribution.application.forks.StreamServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks in web applications, from the archive to the answers: templates, servlets that are forked, refusals, and what is left. */
class ForksInWarIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PARAMETER = "dev.sluice.api.ForkedPerRequest";
    private static final String PACKAGE = BasketListener.class.getPackageName();

    @TempDir
    static Path directory;

    private static SluiceProcess sluice;

    private static String webXml(String content) {
        return "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'>" + content + "</web-app>";
    }

    private static String servlet(String name, String implementation, String parameter) {
        return "<servlet><servlet-name>" + name + "</servlet-name>" + implementation + "<init-param><param-name>"
                + PARAMETER + "</param-name><param-value>" + parameter + "</param-value></init-param></servlet>"
                + "<servlet-mapping><servlet-name>" + name + "</servlet-name><url-pattern>/" + name
                + "</url-pattern></servlet-mapping>";
    }

    private static Path shop(String name) throws IOException {
        String ordinary = "<servlet-class>" + OrdinaryServlet.class.getName() + "</servlet-class>";
        Class<?>[] classes = {
            BasketListener.class, BasketFilter.class, BasketServlet.class, OrdinaryServlet.class, AnnotatedServlet.class
        };
        return Jars.war(
                directory.resolve(name),
                webXml(servlet("configured", ordinary, "true") + servlet("ordinary", ordinary, "false")),
                Jars.with(classes, PACKAGE + ".Basket", PACKAGE + ".Basket$Vendor", PACKAGE + ".Meeting"));
    }

    private static Path publishing(String name, String what) throws IOException {
        return Jars.war(
                directory.resolve(name),
                webXml("<context-param><param-name>publish</param-name><param-value>" + what
                        + "</param-value></context-param>"),
                Jars.with(new Class<?>[] {BasketListener.class}, PACKAGE + ".Basket", PACKAGE + ".Basket$Vendor"));
    }

    @BeforeAll
    static void start() throws Exception {
        sluice = SluiceProcess.run(
                directory,
                "--set",
                "applications.shop.shared=" + PACKAGE + ".Basket$Vendor",
                shop("shop.war"),
                shop("passing.war"),
                SluiceProcess.SHARED_WAR,
                Jars.war(directory.resolve("loaders.war"), webXml(""), LoaderServlet.class),
                Jars.war(directory.resolve("stream.war"), webXml(""), StreamServlet.class),
                Jars.war(
                        directory.resolve("page.war"),
                        webXml(servlet("page", "<jsp-file>/page.jsp</jsp-file>", "true"))),
                publishing("dice.war", "dice"),
                publishing("state.war", "stream"),
                publishing("much.war", "much"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (sluice != null) {
            sluice.close();
        }
    }

    private static String body(String path) {
        try {
            return sluice.get(path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answers to two requests that are both under way when each has changed what it has. */
    private static List<String> both(String path) {
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> body(path + "?meet=1&item=tea"));
        String mine = body(path + "?meet=1&item=milk");
        return List.of(mine, other.orTimeout(60, TimeUnit.SECONDS).join());
    }

    private static String failure(String name) {
        return sluice.lines().stream()
                .filter(line -> line.contains(" " + name + " from ") && line.contains(" failed: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no failure of " + name + " in " + sluice.lines()));
    }

    @Test
    void filterAndServletShareTheRequestsForkAndNoOtherDoes() {
        List<String> both = both("/shop/basket");
        assertThat(both.get(0)).startsWith("[published, filter 1, milk 2] ");
        assertThat(both.get(1)).startsWith("[published, filter 1, tea 2] ");
        assertThat(body("/shop/basket?item=next"))
                .startsWith("[published, filter 1, next 2] ")
                .containsPattern(" id \\S+ deadline (true|false) cancelled false$");
    }

    @Test
    void aTypeThatTheConfigurationNamesIsSharedByAllForks() {
        List<Integer> calls = IntStream.range(0, 3)
                .mapToObj(i -> body("/shop/basket?item=x").replaceFirst(".* vendor (\\d+) .*", "$1"))
                .map(Integer::valueOf)
                .toList();
        assertThat(calls).containsExactly(calls.get(0), calls.get(0) + 1, calls.get(0) + 2);
    }

    @Test
    void aServletForkedByAnnotationHasFieldsOfItsOwn() {
        assertThat(both("/shop/annotated")).containsExactly("annotated [init, milk] 1", "annotated [init, tea] 1");
        assertThat(body("/shop/annotated?item=x")).isEqualTo("annotated [init, x] 1");
    }

    @Test
    void aServletForkedByConfigurationToo() {
        assertThat(both("/shop/configured")).containsExactly("configured [init, milk] 1", "configured [init, tea] 1");
        assertThat(body("/shop/configured?item=x")).isEqualTo("configured [init, x] 1");
    }

    /** Its own test has the bug in another container. */
    @Test
    void theSampleDoesNotHaveItsBugHere() {
        assertThat(body("/shared-war/offer?item=tea&discount=50").strip()).isEqualTo("200 cents, lookup 1");
        assertThat(body("/shared-war/offer?item=tea").strip()).isEqualTo("400 cents, lookup 1");
    }

    @Test
    void anOrdinaryServletShowsTheBug() {
        assertThat(both("/shop/ordinary")).allSatisfy(body -> assertThat(body).contains("milk", "tea", "] 2"));
    }

    @Test
    void whatCannotBeForkedIsRefusedWithTheReason() {
        assertThat(failure("stream"))
                .contains("The servlet stream (" + StreamServlet.class.getName() + ") is forked per request: ")
                .contains("servlet stream.sources[0] -> java.io.FileInputStream: an open stream");
        assertThat(failure("state"))
                .contains("template 'state' cannot be forked: ")
                .contains("-> java.io.FileInputStream: an open stream");
        assertThat(failure("much"))
                .contains("100004 mutable objects (allowed: 100000)")
                .contains("the biggest branches are state[big] (java.util.ArrayList): 100002 objects");
    }

    @Test
    void warningsAreInTheLogAndTreesInTheApi() throws Exception {
        assertThat(sluice.lines()).anySatisfy(line -> assertThat(line)
                .contains("WARN", "dice: template 'dice': dice[0] -> java.util.Random: every fork continues"));
        assertThat(sluice.management("/api/v1/apps/dice/templates").body())
                .startsWith(
                        "{\"application\":\"dice\",\"state\":\"running\",\"reason\":\"\",\"templates\":[{\"name\":\"dice\",")
                .contains("\"bytesMeasured\":true")
                .contains("\"warnings\":[\"dice[0] -> java.util.Random: every fork continues")
                .contains("{\"path\":\"dice[0]\",\"type\":\"java.util.Random\",\"treatment\":\"copied\"");
        assertThat(body("/shop/annotated?item=x")).isNotEmpty();
        assertThat(sluice.management("/api/v1/apps/shop/templates").body())
                .contains("{\"name\":\"basket\",", "{\"name\":\"servlet annotated\",", "\"path\":\"basket.vendor\"")
                .contains("\"treatment\":\"shared\",\"reason\":\"by configuration\"");
        assertThat(sluice.management("/metrics").body())
                .containsPattern("sluice_forks_total\\{app=\"/shop\",host=\"default\",version=\"\"\\} [1-9]")
                .contains("sluice_template_objects{app=\"/dice\",host=\"default\",version=\"\"} 2.0");
    }

    @Test
    void aJspIsNotForked() {
        assertThat(failure("page"))
                .contains(PARAMETER)
                .contains("/page.jsp")
                .contains("a JSP cannot be forked per request");
    }

    @Test
    void theClassLoaderIsCollectedAfterTheUndeploy() throws Exception {
        Path archive = sluice.apps().resolve("leaving.war");
        Files.copy(directory.resolve("passing.war"), archive);
        await().atMost(LIMIT)
                .until(() -> sluice.get("/leaving/annotated?item=x").statusCode() == 200);
        for (int i = 0; i < 200; i++) {
            assertThat(body("/leaving/basket?item=x")).startsWith("[published, filter 1, x 2] vendor 1 ");
            assertThat(body("/leaving/configured?item=x")).isEqualTo("configured [init, x] 1");
        }
        assertThat(body("/loaders/")).isEqualTo("live");

        Files.delete(archive);
        await().atMost(LIMIT).until(() -> sluice.get("/leaving/basket").statusCode() == 404);
        await().atMost(LIMIT).until(() -> body("/loaders/").equals("collected"));
    }
}
