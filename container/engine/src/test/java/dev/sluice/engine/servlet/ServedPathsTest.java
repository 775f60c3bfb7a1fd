package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.User;
import dev.sluice.engine.testing.RawClient;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is let in and what is served depend on the same path, decoded once (Servlet 6.1, 3.5.2 and 13.8), whatever finds the content: the default
 * servlet, a servlet, a page that is read as a resource, a welcome file, a forward or an include. With the spellings of CVE-2007-0450,
 * CVE-2008-2938, CVE-2018-1048, CVE-2021-28164, CVE-2021-28169, CVE-2021-34429, CVE-2024-1459 and CVE-2025-55752.
 */
class ServedPathsTest {
    private static final String SECRET = "only for the boss";
    private static final String PRIVATE = "for nobody";
    private static final String BOSS = "Authorization: Basic YW5uOnNlY3JldA==\r\n"; // ann:secret
    private static final int ROUNDS = 2000;
    private static final int NAMES = 16;
    private static final String[] PARTS = {
        "secret",
        "secret",
        "WEB-INF",
        "WEB-INF",
        "META-INF",
        "views",
        "open",
        "file.txt",
        "file.txt",
        "v.page",
        "s.page",
        "s.page",
        "index.html",
        "a.forward",
        "a.include",
        "servlet",
        "web.xml",
        "",
        ".",
        "..",
        "%2e",
        "%2e%2e",
        ".%2e",
        "..;",
        "..;x=1",
        ";x=1",
        ";",
        "%3b",
        "%73ecret",
        "%2573ecret",
        "%252573ecret",
        "s%65cret",
        "secret%3bx",
        "secret%3b",
        "secret%253bx",
        "secret;x=1",
        "secret;",
        "SECRET",
        "secret%20",
        "secret.",
        "secret%00",
        "secret%2500",
        "%57EB-INF",
        "%2557EB-INF",
        "%252557EB-INF",
        "WEB-INF%3bx",
        "WEB-INF%3b",
        "WEB-INF%253b",
        "WEB-INF;x",
        "web-inf",
        "Web-Inf",
        "WEB-INF.",
        "WEB-INF%20",
        "WEB-INF%2f",
        "WEB-INF%252f",
        "WEB-INF%5c",
        "WEB-INF%255c",
        "%u002e",
        "%u0057EB-INF",
        ".%00",
        "..%00",
        "%252e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%c0%af",
        "%e0%80%ae",
        "%ef%bc%8e",
        "\\",
        "%5c..",
        "..%5c",
        "..%255c",
        "file%2etxt",
        "file%252etxt",
        "file.txt%3b",
        "file.txt%20",
        "file.txt%00",
        "file.txt::$DATA",
        "s.page%3bx",
        "s%2epage",
        "s%252epage",
        "v%252epage",
        "s.page.",
        "s.page%2500.txt",
        "WEB-IN~1",
    };

    private static final Realm REALM = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return User.of(name, Set.of("boss"));
        }
    };

    private static TestWebApp app() {
        return TestWebApp.builder()
                .file("/open/file.txt", "for all")
                .file("/secret/file.txt", SECRET)
                .file("/secret/index.html", SECRET)
                .file("/secret/s.page", SECRET)
                .file("/WEB-INF/web.xml", PRIVATE)
                .file("/WEB-INF/file.txt", PRIVATE)
                .file("/WEB-INF/index.html", PRIVATE)
                .file("/WEB-INF/views/v.page", PRIVATE)
                .file("/META-INF/file.txt", PRIVATE)
                .servlet("*.page", ServedPathsTest::page)
                .servlet("*.forward", (request, response) -> request.getRequestDispatcher("file.txt")
                        .forward(request, response))
                .servlet("*.include", (request, response) -> {
                    try {
                        request.getRequestDispatcher("s.page").include(request, response);
                        request.getRequestDispatcher("index.html").include(request, response);
                    } catch (FileNotFoundException missing) {
                        response.sendError(HttpServletResponse.SC_NOT_FOUND);
                    }
                })
                .servlet("/secret/servlet/*", (request, response) -> response.getWriter()
                        .print(SECRET))
                .descriptor(builder -> builder.login(new LoginDescriptor("BASIC", "test", null, null))
                        .securityConstraints(List.of(new SecurityConstraint(
                                List.of(new ResourceCollection("secret", List.of("/secret/*"), Set.of(), Set.of())),
                                Set.of("boss"),
                                Transport.NONE)))
                        .securityRoles(Set.of("boss")))
                .environment(builder -> builder.logins(Logins.of(REALM, InstantSource.system())))
                .start();
    }

    /** Finds its page as a JSP engine does. */
    private static void page(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Object included = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
        String path = included == null ? request.getServletPath() : included.toString();
        try (InputStream page = request.getServletContext().getResourceAsStream(path)) {
            if (page == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                page.transferTo(response.getOutputStream());
            }
        }
    }

    private static String answer(TestWebApp app, String target, String head) {
        try (RawClient client = new RawClient(app.engine().address())) {
            return client.send(
                            "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + head + "Connection: close\r\n\r\n")
                    .rest();
        }
    }

    @Test
    void whatIsServedIsWhatWasAskedFor() {
        long seed = System.nanoTime();
        System.out.println("ServedPathsTest seed " + seed);
        Random random = new Random(seed);
        int served = 0;
        try (TestWebApp app = app()) {
            for (int i = 0; i < ROUNDS; i++) {
                StringBuilder target = new StringBuilder(random.nextInt(20) == 0 ? "/%61pp" : "/app");
                for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
                    int among = random.nextBoolean() ? NAMES : PARTS.length;
                    target.append('/').append(PARTS[random.nextInt(among)]);
                }
                String asked = "seed " + seed + ": " + target;
                String stranger = answer(app, target.toString(), "");
                assertThat(stranger).as(asked).doesNotContain(SECRET).doesNotContain(PRIVATE);
                String boss = answer(app, target.toString(), BOSS);
                assertThat(boss).as(asked).doesNotContain(PRIVATE);
                if (boss.contains(SECRET)) {
                    assertThat(stranger).as(asked).startsWith("HTTP/1.1 401 ");
                    served++;
                }
            }
        }
        assertThat(served).as("spellings that reach what is protected").isGreaterThan(ROUNDS / 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/secret%3bx/s.page",
                "/app/%2573ecret/s.page",
                "/app/secret%3b/file.txt",
                "/app/secret%253bx/s.page",
                "/app/secret%3bx/a.forward",
                "/app/secret%3bx/a.include",
                "/app/%2573ecret/a.forward",
                "/app/WEB-INF%3bx/views/v.page",
                "/app/%2557EB-INF/views/v.page",
                "/app/WEB-INF%3bx/file.txt",
                "/app/%2557EB-INF/",
                "/app/WEB-INF%3b/",
                "/app/open/%252e%252e/secret/s.page",
                "/app/open/%252e%252e/WEB-INF/views/v.page",
            })
    void nothingIsDecodedTwice(String target) {
        try (TestWebApp app = app()) {
            for (String head : List.of("", BOSS)) {
                String answer = answer(app, target, head);
                assertThat(answer).doesNotContain(SECRET).doesNotContain(PRIVATE);
                assertThat(Integer.parseInt(answer.substring(9, 12))).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/secret/s.page",
                "/app/%73ecret/s%2Epage",
                "/app/secret;x=1/s.page;y",
                "/app//secret//file.txt",
                "/app/open/../secret/a.forward",
                "/app/secret/a.include",
                "/app/secret/",
                "/app/secret/servlet;x/y",
            })
    void spellingsOfOnePathAreProtectedAndServed(String target) {
        try (TestWebApp app = app()) {
            assertThat(answer(app, target, "")).startsWith("HTTP/1.1 401 ");
            assertThat(answer(app, target, BOSS)).startsWith("HTTP/1.1 200 ").contains(SECRET);
        }
    }
}
