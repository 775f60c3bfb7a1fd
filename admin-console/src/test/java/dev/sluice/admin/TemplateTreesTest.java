package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Forks;
import dev.sluice.fork.Shared;
import dev.sluice.fork.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What requests fork can be seen: as a tree with what each branch takes, and added up in the metrics. */
class TemplateTreesTest {
    private final FakeServer server = new FakeServer();

    @Shared
    static final class Pool {
        int inUse;
    }

    private static Template<?> basket() {
        Map<String, Object> state = new TreeMap<>();
        state.put("fruit", new ArrayList<>(List.of("apple", "pear")));
        state.put("pool", new Pool());
        state.put("names", List.of("fixed"));
        state.put("random", new Random(1));
        return Template.of("basket", state, ForkOptions.defaults());
    }

    private String get(String path, int status) throws Exception {
        try (OwnConsole console = OwnConsole.of(server)) {
            Answer answer = console.get(path);
            assertThat(answer.status()).isEqualTo(status);
            return answer.text();
        }
    }

    @Test
    void aTreeWithWhatEachBranchTakes() throws Exception {
        Template<?> basket = basket();
        for (int i = 0; i < 3; i++) {
            Forks.forRequest().get(basket);
        }
        server.templates = List.of(basket);
        server.application("market", "/market", State.RUNNING, "");

        assertThat(get("/api/v1/apps/market/templates", 200))
                .startsWith(
                        "{\"application\":\"market\",\"state\":\"running\",\"reason\":\"\",\"templates\":[{\"name\":\"basket\","
                                + "\"type\":\"java.util.TreeMap\",\"forks\":3,")
                .containsPattern(
                        "\"forkNanosTotal\":[1-9]\\d*,\"forkNanosMedian\":[1-9]\\d*,\"forkNanosLeast\":[1-9]\\d*,"
                                + "\"forkBytes\":[1-9]\\d*,\"bytesMeasured\":true,\"copiedObjects\":3,")
                .contains("\"warnings\":[\"basket[random] -> java.util.Random: every fork continues")
                .containsPattern(
                        "\"tree\":\\{\"path\":\"basket\",\"type\":\"java.util.TreeMap\",\"treatment\":\"copied\","
                                + "\"reason\":\"\",\"objects\":3,\"bytes\":[1-9]\\d*,\"nanos\":[1-9]\\d*,\"omitted\":0,\"children\":\\[")
                .containsPattern(
                        "\\{\"path\":\"basket\\[fruit\\]\",\"type\":\"java.util.ArrayList\",\"treatment\":\"copied\","
                                + "\"reason\":\"\",\"objects\":1,\"bytes\":[1-9]\\d*,\"nanos\":\\d+,")
                .contains("\"path\":\"basket[fruit][0]\"")
                .containsPattern("\"path\":\"basket\\[names\\]\",\"type\":\"[^\"]*\",\"treatment\":\"immutable\"")
                .contains(
                        "\"path\":\"basket[pool]\",\"type\":\"" + Pool.class.getName()
                                + "\",\"treatment\":\"shared\",\"reason\":\"annotated @Shared\",\"objects\":0,\"bytes\":0,\"nanos\":0");
    }

    /** As requests of the management listener do. */
    @Test
    void measuredOnAVirtualThreadToo() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
        server.templates = List.of(basket());
        server.application("market", "/market", State.RUNNING, "");
        FutureTask<String> asking = new FutureTask<>(() -> get("/api/v1/apps/market/templates", 200));
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, asking);
        assertThat(asking.get()).contains("\"bytesMeasured\":true").containsPattern("\"forkBytes\":[1-9]");
    }

    @Test
    void anApplicationThatHasNone() throws Exception {
        assertThat(get("/api/v1/apps/shop/templates", 200))
                .isEqualTo("{\"application\":\"shop\",\"state\":\"running\",\"reason\":\"\",\"templates\":[]}");
    }

    @Test
    void namesWithAHostOrAVersion() throws Exception {
        server.application("example.org/shop", "/shop", State.RUNNING, "");
        server.application("a#b##2", "/a/b", State.RUNNING, "");
        assertThat(get("/api/v1/apps/example.org/shop/templates", 200))
                .contains("\"application\":\"example.org/shop\"");
        assertThat(get("/api/v1/apps/a%23b%23%232/templates", 200)).contains("\"application\":\"a#b##2\"");
    }

    @Test
    void ofSeveralGenerationsTheOneThatRuns() throws Exception {
        server.applications.clear();
        server.application("shop", "/shop", State.FAILED, "taken", "shop.jar", Instant.EPOCH);
        server.application("shop", "/shop", State.RUNNING, "");
        assertThat(get("/api/v1/apps/shop/templates", 200)).contains("\"state\":\"running\"");
    }

    @Test
    void aRefusedTemplateIsTheReasonOfTheFailure() throws Exception {
        server.application("broken", "/broken", State.FAILED, "template 'state' cannot be forked: state.in -> ...");
        assertThat(get("/api/v1/apps/broken/templates", 200))
                .isEqualTo("{\"application\":\"broken\",\"state\":\"failed\","
                        + "\"reason\":\"template 'state' cannot be forked: state.in -> ...\",\"templates\":[]}");
    }

    @Test
    void anApplicationThatIsNotThere() throws Exception {
        assertThat(get("/api/v1/apps/none/templates", 404))
                .isEqualTo(
                        "{\"type\":\"tag:sluice.dev,2026:not-found\",\"title\":\"There is no such thing"
                                + " here\",\"status\":404,\"detail\":\"application: none (expected: one that GET /api/v1/apps lists)\"}");
    }

    @Test
    void metricsAddUpTheTemplatesOfAnApplication() throws Exception {
        Template<?> one = basket();
        Template<?> two = Template.of("more", new ArrayList<>(List.of("a")), ForkOptions.defaults());
        Forks.forRequest().get(one);
        Forks.forRequest().get(two);
        Forks.forRequest().get(two);
        server.templates = List.of(one, two);
        server.application("market", "/market", State.RUNNING, "");
        String labels = "{app=\"/market\",host=\"default\",version=\"\"} ";
        assertThat(get("/metrics", 200))
                .contains("sluice_forks_total" + labels + "3.0")
                .contains("sluice_template_objects" + labels + "4.0")
                .containsPattern(
                        "sluice_fork_seconds_total\\{app=\"/market\",host=\"default\",version=\"\"\\} (?!0\\.0\\s)\\d")
                .doesNotContain("basket", "sluice_forks_total{app=\"/shop\"");
    }
}
