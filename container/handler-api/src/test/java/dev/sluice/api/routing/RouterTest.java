package dev.sluice.api.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.Handler;
import dev.sluice.api.Middleware;
import dev.sluice.api.Response;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final Handler HANDLER = (request, context) -> Response.text("");

    private static Router router(String... routes) {
        Router.Builder builder = new Router.Builder();
        for (String route : routes) {
            String[] parts = route.split(" ");
            builder.route(parts[0], parts[1], HANDLER);
        }
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a, /a",
        "/a/, /a/",
        "/a/b, /a/b",
        "/a/x, /a/{p}",
        "/a/b/c, /a/b/c",
        "/a/x/c, /a/{p}/c",
        "/a/b/d, /a/{p}/d",
        "/a/b/e, /a/{rest...}",
        "/a/x/y/z, /a/{rest...}",
        "/files/, /files/{path...}",
        "/files/x/y, /files/{path...}",
        "/A, ",
        "/files, ",
        "/b, ",
    })
    void theMostSpecificPatternAnswers(String path, String expected) {
        Router router = router(
                "GET /",
                "GET /a/{rest...}",
                "GET /a/{p}",
                "GET /a/b",
                "GET /a",
                "GET /a/",
                "GET /a/{p}/c",
                "GET /a/b/c",
                "GET /a/{p}/d",
                "GET /files/{path...}");

        assertThat(router.find("GET", path).pattern())
                .satisfies(pattern ->
                        assertThat(pattern == null ? null : pattern.toString()).isEqualTo(expected));
    }

    @Test
    void parametersAreTheSegmentsInTheirOrder() {
        Router router = router("GET /{a}/x/{b}/{c...}", "POST /{other}/x/{names}/{here...}");

        assertThat(router.find("GET", "/1/x/2/3/4").parameters())
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3/4"));
        assertThat(router.find("POST", "/1/x/2/").parameters())
                .containsExactly(Map.entry("other", "1"), Map.entry("names", "2"), Map.entry("here", ""));
    }

    @Test
    void aValueLeftByADeadEndIsOverwritten() {
        Router router = router("GET /{a}/b/{c}/d", "GET /{x}/{y...}");

        assertThat(router.find("GET", "/1/b/3/e").parameters())
                .containsExactly(Map.entry("x", "1"), Map.entry("y", "b/3/e"));
    }

    @Nested
    class MethodsTest {
        @Test
        void headIsAnsweredByGetUnlessItHasARoute() {
            Router router = router("GET /a", "GET /b", "HEAD /b", "GET /a/{p}");

            assertThat(router.find("HEAD", "/a").pattern()).hasToString("/a");
            assertThat(router.find("HEAD", "/a/1").pattern()).hasToString("/a/{p}");
            assertThat(router.find("HEAD", "/b").handler()).isSameAs(HANDLER);
        }

        @Test
        void aLessSpecificPatternWithTheMethodAnswers() {
            Router router = router("POST /users/me", "GET /users/{id}");

            assertThat(router.find("GET", "/users/me").parameters()).containsEntry("id", "me");
            assertThat(router.find("POST", "/users/me").pattern()).hasToString("/users/me");
        }

        @Test
        void theStarAnswersMethodsWithoutARoute() {
            Router router = router("* /a", "GET /a");

            assertThat(router.find("BREW", "/a").pattern()).isNotNull();
            assertThat(router.find("OPTIONS", "/a").pattern()).isNotNull();
        }

        @Test
        void anUnknownMethodIs405WithAllThatTheMatchingPatternsHave() throws Exception {
            Router router = router("POST /users/me", "GET /users/{id}", "PUT /users/{all...}", "DELETE /other");

            Response response = answer(router.find("PATCH", "/users/me"));
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("Allow")).contains("GET, HEAD, OPTIONS, POST, PUT");
        }

        @Test
        void optionsTellsWhatIsAllowed() throws Exception {
            Response response = answer(router("POST /a", "DELETE /a").find("OPTIONS", "/a"));

            assertThat(response.status()).isEqualTo(204);
            assertThat(response.header("Allow")).contains("DELETE, OPTIONS, POST");
        }

        @Test
        void anUnknownPathIs404ForEveryMethod() throws Exception {
            assertThat(answer(router("GET /a").find("OPTIONS", "/b")).status()).isEqualTo(404);
            assertThat(answer(router("GET /a").find("GET", "/b")).status()).isEqualTo(404);
        }
    }

    @Nested
    class MiddlewareTest {
        private Middleware mark(String name) {
            return next -> (request, context) -> {
                Response response = next.handle(request, context);
                return response.plusHeader("Seen-By", name);
            };
        }

        @Test
        void theFirstIsOutermostAndAllRoutesAreWrapped() throws Exception {
            Router router = new Router.Builder()
                    .use(mark("outer"))
                    .route("GET", "/a", HANDLER)
                    .use(mark("inner"))
                    .build();

            assertThat(answer(router.find("GET", "/a")).headers().all("Seen-By"))
                    .containsExactly("inner", "outer");
        }

        @Test
        void theAnswersOfTheRouterAreWrappedToo() throws Exception {
            Router router = new Router.Builder()
                    .use(mark("m"))
                    .route("GET", "/a", HANDLER)
                    .build();

            assertThat(answer(router.find("GET", "/b")).header("Seen-By")).contains("m");
            assertThat(answer(router.find("PUT", "/a")).header("Seen-By")).contains("m");
        }

        @Test
        void aRouteIsNonBlockingOnlyIfAllOfItIs() {
            Handler quick = Handler.nonBlocking(HANDLER);
            Router plain = new Router.Builder().route("GET", "/a", quick).build();
            Router blocking = new Router.Builder()
                    .route("GET", "/a", quick)
                    .use(mark("m"))
                    .build();
            Router nonBlocking = new Router.Builder()
                    .route("GET", "/a", quick)
                    .route("GET", "/b", HANDLER)
                    .use(Middleware.nonBlocking(mark("m")))
                    .build();

            assertThat(plain.find("GET", "/a").handler().blocking()).isFalse();
            assertThat(blocking.find("GET", "/a").handler().blocking()).isTrue();
            assertThat(nonBlocking.find("GET", "/a").handler().blocking()).isFalse();
            assertThat(nonBlocking.find("GET", "/b").handler().blocking()).isTrue();
        }
    }

    @Nested
    class RefusalsTest {
        @Test
        void aSecondRouteForMethodAndPatternIsRefusedWithBoth() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> router("GET /users/{id}", "POST /users/{id}", "GET /users/{name}"))
                    .withMessageContaining("GET /users/{name}")
                    .withMessageContaining("/users/{id}");
        }

        @Test
        void aMethodThatIsNoTokenIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Router.Builder().route("G T", "/", HANDLER))
                    .withMessageStartingWith("method: 'G T'");
        }

        @Test
        void fixedResponsesMustBeCompleteBeforehand() {
            Router.Builder builder = new Router.Builder();
            Response stream = Response.stream(InputStream.nullInputStream(), "text/plain");

            assertThatIllegalArgumentException().isThrownBy(() -> builder.fixed("/{a}", Response.text("")));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.fixed("/a", stream));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.fixed("/a", Response.text("").withTrailers(() -> null)));
        }
    }

    @Test
    void fixedResponsesAreFoundForGetAndHead() throws Exception {
        Response response = Response.text("fixed");
        Router router = new Router.Builder().fixed("/a", response).build();

        assertThat(router.fixed("GET", "/a")).containsSame(response);
        assertThat(router.fixed("HEAD", "/a")).containsSame(response);
        assertThat(router.fixed("POST", "/a")).isEmpty();
        assertThat(router.fixed("GET", "/b")).isEmpty();
        assertThat(answer(router.find("POST", "/a")).header("Allow")).contains("GET, HEAD, OPTIONS");
    }

    /** The answer of a handler that looks at neither request nor context. */
    @SuppressWarnings("NullAway")
    private static Response answer(Match match) throws Exception {
        return match.handler().handle(null, null);
    }
}
