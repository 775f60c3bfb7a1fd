package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.User;
import dev.sluice.engine.testing.Http2Client;
import dev.sluice.engine.testing.Http2Client.Frame;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.PushBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PushBuilder} and {@code newPushBuilder}, sentence by sentence of their Javadoc, over HTTP/2. */
@SuppressWarnings("deprecation") // deprecated by the specification, and part of it
class PushMethodsTest {
    private static final int ENABLE_PUSH = 2;
    private static final List<String> CONDITIONAL =
            List.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range");
    private static final Realm REALM = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return name.equals("ann") && password.equals("secret") ? User.of("ann", Set.of("boss")) : null;
        }
    };

    /** What a servlet does that pushes. */
    private interface Pushing {
        void run(HttpServletRequest request, HttpServletResponse response, PushBuilder push) throws IOException;
    }

    /** What the client was promised, and what the pushed response says. */
    private record Pushed(Map<String, String> promise, String answer) {}

    private static TestWebApp app(Pushing pushing) {
        return TestWebApp.builder()
                .descriptor(builder -> builder.login(new LoginDescriptor("BASIC", "test", null, null))
                        .securityConstraints(List.of(new SecurityConstraint(
                                List.of(new ResourceCollection("c", List.of("/secret/*"), Set.of(), Set.of())),
                                Set.of("boss"),
                                Transport.NONE))))
                .environment(builder -> builder.logins(Logins.of(REALM, InstantSource.system())))
                .servlet("/page", (request, response) -> pushing.run(request, response, request.newPushBuilder()))
                .servlet(
                        "/secret/page", (request, response) -> pushing.run(request, response, request.newPushBuilder()))
                .servlet("/secret/who", (request, response) -> response.getWriter()
                        .print("for " + request.getRemoteUser()))
                .servlet("/pushed", PushMethodsTest::tell)
                .servlet("/session", (request, response) -> response.getWriter()
                        .print(request.getSession().getId()))
                .start();
    }

    private static void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(request.getMethod() + " query=" + request.getQueryString() + " x="
                        + Collections.list(request.getHeaders("x")) + " session=" + request.getRequestedSessionId()
                        + (request.isRequestedSessionIdFromCookie() ? " cookie" : "")
                        + (request.isRequestedSessionIdFromURL() ? " url" : "") + " valid="
                        + request.isRequestedSessionIdValid());
    }

    /** Asks for the page and waits for this many pushed responses, in order. */
    private static List<Pushed> ask(TestWebApp app, int pushes, String path, String... fields) {
        try (Http2Client client = Http2Client.connect(app.engine().address())) {
            client.get(1, path, fields);
            Map<Integer, Map<String, String>> promises = new java.util.TreeMap<>();
            Map<Integer, String> bodies = new HashMap<>();
            Set<Integer> over = new java.util.HashSet<>();
            while (over.size() < pushes + 1) {
                Frame frame = client.next(Http2Client.PUSH_PROMISE, Http2Client.HEADERS, Http2Client.DATA);
                assertThat(frame).as("the connection ended").isNotNull();
                if (frame.type() == Http2Client.PUSH_PROMISE) {
                    assertThat(frame.stream()).isEqualTo(1);
                    promises.put(Http2Client.promised(frame), client.promisedFields(frame));
                } else if (frame.type() == Http2Client.HEADERS) {
                    bodies.merge(frame.stream(), client.fields(frame).get(":status") + " ", String::concat);
                } else {
                    bodies.merge(frame.stream(), new String(frame.payload(), StandardCharsets.UTF_8), String::concat);
                }
                if (frame.last()) {
                    over.add(frame.stream());
                }
                if (over.contains(1)) {
                    assertThat(bodies.get(1)).as("the page").startsWith("200 ");
                }
            }
            return promises.entrySet().stream()
                    .map(promise -> new Pushed(promise.getValue(), bodies.get(promise.getKey())))
                    .toList();
        }
    }

    private static Pushed push(Pushing pushing, String... fields) {
        try (TestWebApp app = app(pushing)) {
            return ask(app, 1, "/app/page", fields).get(0);
        }
    }

    /** Runs checks inside a request that pushes nothing. */
    private static void inside(Pushing checks, String... fields) {
        try (TestWebApp app = app(checks)) {
            ask(app, 0, "/app/page?a=1&b=2", fields);
        }
    }

    @Test
    void isNullWhereTheConnectionOrTheClientDoesNotTakePushes() {
        try (TestWebApp app =
                app((request, response, push) -> response.getWriter().print(push == null))) {
            assertThat(app.get("/app/page").body()).isEqualTo("true");
            for (int enabled : new int[] {0, 1}) {
                try (Http2Client client =
                        Http2Client.connect(app.engine().address(), Http2Client.setting(ENABLE_PUSH, enabled))) {
                    client.get(1, "/app/page");
                    assertThat(client.next(Http2Client.DATA).payload())
                            .asString(StandardCharsets.US_ASCII)
                            .isEqualTo(enabled == 0 ? "true" : "false");
                }
            }
        }
    }

    @Test
    void eachOneIsNewAndBegunFromTheRequest() {
        inside(
                (request, response, push) -> {
                    push.method("HEAD")
                            .queryString("q")
                            .setHeader("x", "changed")
                            .sessionId("s")
                            .path("/p");
                    PushBuilder other = request.newPushBuilder();
                    assertThat(other).isNotSameAs(push);
                    assertThat(other.getMethod()).isEqualTo("GET");
                    assertThat(other.getQueryString()).isNull();
                    assertThat(other.getHeader("x")).isEqualTo("sent");
                    assertThat(other.getSessionId()).isNull();
                    assertThat(other.getPath()).isNull();
                },
                "x",
                "sent");
    }

    @Test
    void headersOfTheRequestAreThereButForThoseThatConcernItAlone() {
        inside(
                (request, response, push) -> {
                    assertThat(push.getHeader("Accept-Language")).isEqualTo("de");
                    assertThat(push.getHeader("x")).isEqualTo("sent");
                    for (String name : CONDITIONAL) {
                        assertThat(push.getHeader(name)).as(name).isNull();
                    }
                    assertThat(push.getHeader("Range")).isNull();
                    assertThat(push.getHeader("Expect")).isNull();
                    assertThat(push.getHeader("Authorization"))
                            .as("nobody was authenticated")
                            .isNull();
                    assertThat(push.getHeader("Referer"))
                            .isEqualTo(request.getRequestURL() + "?a=1&b=2")
                            .endsWith("/app/page?a=1&b=2");
                },
                "accept-language",
                "de",
                "x",
                "sent",
                "if-match",
                "\"a\"",
                "if-none-match",
                "\"a\"",
                "if-modified-since",
                "Sat, 29 Oct 1994 19:43:31 GMT",
                "if-unmodified-since",
                "Sat, 29 Oct 1994 19:43:31 GMT",
                "if-range",
                "\"a\"",
                "range",
                "bytes=0-1",
                "expect",
                "100-continue",
                "authorization",
                "Basic " + base64("ann:secret"),
                "referer",
                "http://elsewhere/");
    }

    @Test
    void withoutAQueryTheRefererIsTheUrl() {
        Pushed pushed = push((request, response, push) -> push.path("pushed").push());
        assertThat(pushed.promise().get("referer")).endsWith("/app/page");
    }

    @Test
    void whoWasAuthenticatedIsSoForThePushedRequest() {
        try (TestWebApp app =
                app((request, response, push) -> push.path("secret/who").push())) {
            Pushed pushed = ask(app, 1, "/app/secret/page", "authorization", "Basic " + base64("ann:secret"))
                    .get(0);
            assertThat(pushed.promise()).containsKey("authorization");
            assertThat(pushed.answer()).isEqualTo("200 for ann");
        }
    }

    /** As with DIGEST, whose credentials are good for one target only. */
    @Test
    void whoLoggedInByProgramIsSoForEachPushedRequest() {
        try (TestWebApp app = app((request, response, none) -> {
            login(request);
            PushBuilder push = request.newPushBuilder();
            push.path("secret/who").push();
            push.path("secret/who?2").push();
        })) {
            List<Pushed> pushed = ask(app, 2, "/app/page");
            assertThat(pushed).extracting(Pushed::answer).containsOnly("200 for ann");
            String used = pushed.get(0).promise().get("authorization");
            assertThat(pushed.get(1).promise().get("authorization")).isNotEqualTo(used);
            assertThat(app.send("GET /app/secret/who HTTP/1.1\r\nHost: a\r\nAuthorization: " + used + "\r\n\r\n")
                            .status())
                    .as("good for one request")
                    .isEqualTo(401);
        }
    }

    private static void login(HttpServletRequest request) throws IOException {
        try {
            request.login("ann", "secret");
        } catch (ServletException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theRequestedSessionComesFromTheSameSource() {
        try (TestWebApp app = app((request, response, push) -> {
            assertThat(push.getSessionId()).isEqualTo(request.getRequestedSessionId());
            push.path("/app/pushed").push();
        })) {
            String id = app.get("/app/session").body();
            Pushed byCookie =
                    ask(app, 1, "/app/page", "cookie", "JSESSIONID=" + id).get(0);
            assertThat(byCookie.promise())
                    .containsEntry(":path", "/app/pushed")
                    .containsEntry("cookie", "JSESSIONID=" + id);
            assertThat(byCookie.answer()).endsWith("session=" + id + " cookie valid=true");
            Pushed byUrl = ask(app, 1, "/app/page;jsessionid=" + id).get(0);
            assertThat(byUrl.promise())
                    .containsEntry(":path", "/app/pushed;jsessionid=" + id)
                    .doesNotContainKey("cookie");
            assertThat(byUrl.answer()).endsWith("session=" + id + " url valid=true");
        }
    }

    @Test
    void aSessionThatWasMadeBeforeIsTheOneOfThePush() {
        Pushed pushed = push((request, response, none) -> {
            String id = request.getSession().getId();
            PushBuilder push = request.newPushBuilder();
            assertThat(push.getSessionId()).isEqualTo(id);
            push.path("pushed").push();
        });
        assertThat(pushed.answer()).endsWith(" cookie valid=true");
    }

    @Test
    void aSessionIdThatIsSetIsSentLikeTheOneOfTheRequest() {
        Pushing pushing = (request, response, push) ->
                push.sessionId("other").path("pushed?a=1").push();
        assertThat(push(pushing, "cookie", "JSESSIONID=first; a=b").promise().get("cookie"))
                .isEqualTo("a=b; JSESSIONID=other");
        try (TestWebApp app = app(pushing)) {
            assertThat(ask(app, 1, "/app/page;jsessionid=first").get(0).promise())
                    .containsEntry(":path", "/app/pushed;jsessionid=other?a=1");
        }
    }

    @Test
    void cookiesOfTheResponseAreAddedAndThoseThatEndAreTakenAway() {
        Pushed pushed = push(
                (request, response, none) -> {
                    response.addCookie(lasting("new", 60));
                    response.addCookie(lasting("old", 0));
                    response.addCookie(lasting("gone", -1));
                    response.addHeader("Set-Cookie", "nonsense");
                    request.newPushBuilder().path("pushed").push();
                },
                "cookie",
                "kept=1; old=1; gone=1");
        assertThat(pushed.promise().get("cookie")).isEqualTo("kept=1; new=v");
    }

    private static Cookie lasting(String name, int maxAge) {
        Cookie cookie = new Cookie(name, "v");
        cookie.setMaxAge(maxAge);
        return cookie;
    }

    @Test
    void eachPushNeedsAPath() {
        try (TestWebApp app = app((request, response, push) -> {
            assertThatIllegalStateException().isThrownBy(push::push).withMessageContaining("path");
            push.path("pushed?n=1").push();
            assertThat(push.getPath()).isNull();
            assertThatIllegalStateException().isThrownBy(push::push);
            push.path("pushed?n=2").push();
        })) {
            assertThat(ask(app, 2, "/app/page"))
                    .extracting(pushed -> pushed.promise().get(":path"))
                    .containsExactly("/app/pushed?n=1", "/app/pushed?n=2");
        }
    }

    @Test
    void afterAPushPathAndConditionsAreGoneAndTheRestIsKept() {
        try (TestWebApp app = app((request, response, push) -> {
            push.method("HEAD").queryString("q=1").sessionId("s").setHeader("x", "1");
            CONDITIONAL.forEach(name -> push.setHeader(name, "\"a\""));
            push.path("pushed").push();
            CONDITIONAL.forEach(name -> assertThat(push.getHeader(name)).isNull());
            assertThat(push.getMethod()).isEqualTo("HEAD");
            assertThat(push.getQueryString()).isEqualTo("q=1");
            assertThat(push.getSessionId()).isEqualTo("s");
            assertThat(push.getHeader("x")).isEqualTo("1");
            push.path("pushed").push();
        })) {
            List<Pushed> both = ask(app, 2, "/app/page");
            assertThat(both.get(0).promise()).containsKeys(CONDITIONAL.toArray(new String[0]));
            assertThat(both.get(1).promise())
                    .doesNotContainKeys(CONDITIONAL.toArray(new String[0]))
                    .containsEntry(":method", "HEAD")
                    .containsEntry(":path", "/app/pushed?q=1")
                    .containsEntry("cookie", "JSESSIONID=s")
                    .containsEntry("x", "1");
        }
    }

    @Test
    void methodsMustBeSafeAndCacheable() {
        inside((request, response, push) -> {
            assertThatNullPointerException().isThrownBy(() -> push.method(null));
            for (String refused : List.of("", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE")) {
                assertThatIllegalArgumentException()
                        .as(refused)
                        .isThrownBy(() -> push.method(refused))
                        .withMessageContaining("\"" + refused + "\"");
            }
            assertThat(push.getMethod()).isEqualTo("GET");
            assertThat(push.method("HEAD")).isSameAs(push);
            assertThat(push.getMethod()).isEqualTo("HEAD");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pushed?a=1&b=2|a=3|/app/pushed?a=1&b=2&a=3",
                "pushed|a=3&a=3|/app/pushed?a=3&a=3",
                "pushed?a=1||/app/pushed?a=1",
                "/app/pushed||/app/pushed"
            })
    void queriesAreJoined(String path) {
        String[] parts = path.split("\\|");
        assertThat(push((request, response, push) -> {
                            assertThat(push.path(parts[0])).isSameAs(push);
                            assertThat(push.getPath()).isEqualTo(parts[0]);
                            assertThat(push.queryString(parts[1])).isSameAs(push);
                            push.push();
                        })
                        .promise())
                .containsEntry(":path", parts[2]);
    }

    @Test
    void headersAreSetAddedAndRemoved() {
        Pushed pushed = push(
                (request, response, push) -> {
                    assertThat(push.setHeader("X", "1")).isSameAs(push);
                    assertThat(push.getHeader("x")).isEqualTo("1");
                    assertThat(push.addHeader("x", "2")).isSameAs(push);
                    assertThat(push.addHeader("y", "3").removeHeader("Y")).isSameAs(push);
                    assertThat(push.removeHeader("none")).isSameAs(push);
                    assertThat(push.getHeader("y")).isNull();
                    assertThat(push.getHeader("none")).isNull();
                    push.path("pushed").push();
                },
                "x",
                "sent");
        assertThat(pushed.promise()).doesNotContainKeys("y", "none");
        assertThat(pushed.answer()).startsWith("200 GET query=null x=[1, 2] ");
    }

    @Test
    void theSetOfNamesIsACopy() {
        inside(
                (request, response, push) -> {
                    Set<String> names = push.getHeaderNames();
                    assertThat(names).contains("x", "Referer");
                    names.clear();
                    names.add("mine");
                    assertThat(push.getHeader("x")).isEqualTo("sent");
                    assertThat(push.getHeaderNames()).contains("x").doesNotContain("mine");
                    Set<String> before = push.getHeaderNames();
                    push.setHeader("later", "1");
                    assertThat(before).doesNotContain("later");
                },
                "x",
                "sent");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
