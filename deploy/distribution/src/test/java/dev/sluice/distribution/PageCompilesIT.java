package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.distribution.application.CompileGate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first request for a page compiles it on the pool, and the only loop goes on with its other connections. The compiler is held inside the page's
 * translation, by a class that describes a tag to it.
 */
class PageCompilesIT {
    private static final int JDK_FOR_LOOPS = 24;
    private static final String LIBRARY = """
            <taglib xmlns="https://jakarta.ee/xml/ns/jakartaee" version="3.1">
              <tlib-version>1</tlib-version><uri>test:gate</uri>
              <tag>
                <name>gate</name><tag-class>%1$s$GateTag</tag-class><tei-class>%1$s$GateInfo</tei-class>
                <body-content>empty</body-content>
              </tag>
            </taglib>
            """.formatted(CompileGate.class.getName());
    private static final String PAGE =
            "<%@ taglib prefix=\"t\" uri=\"test:gate\" %><t:gate/>compiled by <%= System.getProperty(\"gate.compiler\") %>,"
                    + " served by <%= Thread.currentThread().getName() %>.";

    @TempDir
    Path directory;

    private Path archive() throws Exception {
        return Jars.war(
                directory.resolve("pages.war"),
                Map.of(
                        "WEB-INF/gate.tld", LIBRARY.getBytes(StandardCharsets.UTF_8),
                        "page.jsp", PAGE.getBytes(StandardCharsets.UTF_8)),
                CompileGate.class,
                CompileGate.GateTag.class,
                CompileGate.GateInfo.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void onThePoolWhileTheLoopGoesOn(String transport) throws Exception {
        assumeTrue(Runtime.version().feature() >= JDK_FOR_LOOPS, "needs lane loop");
        Uring.assume(transport);
        try (SluiceProcess sluice =
                        SluiceProcess.run(directory, "--set", "transport=" + transport, "--set", "loops=1", archive());
                Connections connections = new Connections(sluice)) {
            List<Connections.Connection> neighbours = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                neighbours.add(connections.open());
                assertThat(neighbours.get(i).get("/pages/gate?state").response())
                        .startsWith("HTTP/1.1 200");
            }
            Connections.Connection first = connections.open().get("/pages/page.jsp");
            Connections.Connection asking = connections.open();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> asking.get("/pages/gate?state").body().equals("compiling"));
            neighbours.add(connections.open());
            for (Connections.Connection neighbour : neighbours) {
                assertThat(neighbour.get("/pages/gate?state").body())
                        .as("answered while the page is compiled")
                        .isEqualTo("compiling");
            }
            assertThat(sluice.figure("requestsInFlight")).isEqualTo(1);
            assertThat(asking.get("/pages/gate?open").body()).isEqualTo("open");

            String page = first.body();
            assertThat(page).contains("compiled by sluice-pool").contains("served by sluice-pool");
            assertThat(sluice.lines()).noneMatch(line -> line.contains("is held for"));
        }
    }
}
