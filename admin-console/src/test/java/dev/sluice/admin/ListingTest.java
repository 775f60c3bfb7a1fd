package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.deploy.lifecycle.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists are paged, sorted and filtered by the server. */
class ListingTest {
    private OwnConsole console;

    @BeforeEach
    void start() throws Exception {
        FakeServer server = new FakeServer();
        server.application("cart", "/cart", State.RUNNING, "");
        server.application("bank#old", "/bank/old", State.FAILED, "no zip");
        console = OwnConsole.of(server);
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
    }

    private static String names(Answer answer) {
        return answer.text()
                .replaceAll("\"name\":\"([^\"]*)\"|.", "$1 ")
                .strip()
                .replaceAll(" +", " ");
    }

    @Test
    void pagesFollowEachOther() {
        Answer first = console.get("/api/v1/apps?limit=2&sort=name");
        assertThat(names(first)).isEqualTo("bank#old cart");
        assertThat(first.header("X-Total-Count")).contains("3");
        assertThat(first.header("Link")).contains("</api/v1/apps?offset=2&limit=2&sort=name>; rel=\"next\"");
        Answer last = console.get("/api/v1/apps?offset=2&limit=2&sort=name");
        assertThat(names(last)).isEqualTo("shop");
        assertThat(last.header("Link")).isEmpty();
    }

    @Test
    void numbersAreSortedAsNumbersAndBackwards() {
        assertThat(names(console.get("/api/v1/apps?sort=-requests,name"))).isEqualTo("shop bank#old cart");
        assertThat(names(console.get("/api/v1/apps?sort=-name"))).isEqualTo("shop cart bank#old");
    }

    @Test
    void fieldsAndTextFilter() {
        assertThat(names(console.get("/api/v1/apps?state=failed"))).isEqualTo("bank#old");
        assertThat(names(console.get("/api/v1/apps?name=cart&name=shop&state=running")))
                .isEqualTo("shop cart");
        assertThat(names(console.get("/api/v1/apps?q=NO%20ZIP"))).isEqualTo("bank#old");
    }

    @Test
    void whatTheQueryCannotHaveIsNamed() {
        for (String query :
                new String[] {"limit=0", "limit=1001", "limit=x", "offset=-1", "sort=nothing", "colour=red"}) {
            Answer answer = console.get("/api/v1/apps?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.text()).contains("tag:sluice.dev,2026:bad-request", "expected: ");
        }
    }
}
