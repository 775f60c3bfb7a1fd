package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten thousand requests of two hundred users and of nobody, interleaved and pipelined over kept connections that all of
 * them share: principal, session, parameter, field and body of an answer are those of its own request. After what hit
 * others: CVE-2026-5795, CVE-2024-7885, CVE-2024-4109, CVE-2024-6162.
 */
@ExtendWith(ArquillianExtension.class)
class CanaryTest {
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 8;
    private static final int CONNECTIONS = 6;
    private static final int USERS = 200;
    private static final int MOST_PIPELINED = 4;
    /** Few enough for the address not to be locked out. */
    private static final int WRONG_PASSWORDS = 2;

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(CanaryTest.class, Who.class, Open.class).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <login-config><auth-method>BASIC</auth-method><realm-name>conformance</realm-name></login-config>
                </web-app>
                """));
    }

    @Test
    void everyAnswerIsThatOfItsOwnRequest(@ArquillianResource URL base) throws Exception {
        long seed = System.nanoTime();
        System.out.println("CanaryTest seed " + seed);
        ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(executor.submit(new Client(base, i, new Random(seed + i))));
            }
            int answers = 0;
            for (Future<Integer> client : clients) {
                answers += client.get(120, TimeUnit.SECONDS);
            }
            assertThat(answers).as("seed %s", seed).isGreaterThanOrEqualTo(REQUESTS);
        } finally {
            executor.shutdownNow();
        }
    }

    /** A request and what its answer must be. */
    private record Sent(int user, boolean wrong, String token, String body, boolean session) {
        String name() {
            return user < 0 ? "null" : String.format("u%03d", user);
        }
    }

    private static final class Client implements Callable<Integer> {
        private final URL base;
        private final int number;
        private final Random random;
        private final Map<Integer, String> sessions = new HashMap<>();
        private int wrongPasswords = WRONG_PASSWORDS;
        private int count;
        private int answered;

        Client(URL base, int number, Random random) {
            this.base = base;
            this.number = number;
            this.random = random;
        }

        @Override
        public Integer call() throws Exception {
            List<Connection> connections = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    connections.add(new Connection(base));
                }
                while (answered < REQUESTS / CLIENTS) {
                    int at = random.nextInt(CONNECTIONS);
                    boolean open = exchange(connections.get(at));
                    if (!open) {
                        connections.get(at).close();
                        connections.set(at, new Connection(base));
                    } else if (random.nextInt(200) == 0) {
                        abandon(connections.get(at));
                        connections.set(at, new Connection(base));
                    }
                }
            } finally {
                for (Connection connection : connections) {
                    connection.close();
                }
            }
            return answered;
        }

        /**
         * Some requests of distinct users at once on one connection, then their answers. A request that is refused before its body has
         * arrived ends the connection (RFC 9112, 9.3), and with it those behind it.
         *
         * @return whether the connection is still open
         */
        private boolean exchange(Connection connection) throws IOException {
            List<Sent> sent = new ArrayList<>();
            for (int i = 1 + random.nextInt(MOST_PIPELINED); i > 0; i--) {
                Sent request = next();
                connection.write(text(request));
                sent.add(request);
            }
            connection.flush();
            for (Sent request : sent) {
                Connection.Answer answer = connection.read();
                check(request, answer);
                answered++;
                if ("close".equalsIgnoreCase(answer.fields().get("connection"))) {
                    assertThat(request.wrong).as("%s: %s", request, answer).isTrue();
                    return false;
                }
            }
            return true;
        }

        private Sent next() {
            // Each client has users of its own: so a session is not used by two clients at the same time.
            int user = random.nextInt(5) == 0 ? -1 : random.nextInt(USERS / CLIENTS) * CLIENTS + number;
            boolean wrong = user >= 0 && wrongPasswords > 0 && random.nextInt(100) == 0;
            wrongPasswords -= wrong ? 1 : 0;
            String token = number + "-" + count++;
            String body = token + "x".repeat(random.nextInt(10) == 0 ? 20_000 : random.nextInt(200));
            return new Sent(user, wrong, token, body, user >= 0 && random.nextBoolean());
        }

        private String text(Sent request) {
            boolean form = random.nextBoolean();
            StringBuilder head = new StringBuilder("POST /CanaryTest/" + (request.user < 0 ? "open" : "who") + "?query="
                    + request.token + (request.session ? "&session=true" : "") + " HTTP/1.1\r\nHost: localhost\r\n");
            head.append("X-Canary: ").append(request.token).append("\r\n");
            head.append("X-Request-Id: ").append(request.token).append("\r\n");
            if (request.user >= 0) {
                String credentials =
                        request.name() + ":" + (request.wrong ? "guess" : String.format("p%03d", request.user));
                head.append("Authorization: Basic ")
                        .append(Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)))
                        .append("\r\n");
            }
            if (request.session && sessions.containsKey(request.user)) {
                head.append("Cookie: JSESSIONID=")
                        .append(sessions.get(request.user))
                        .append("\r\n");
            }
            String body = form ? "body=" + request.body : request.body;
            head.append("Content-Type: ")
                    .append(form ? "application/x-www-form-urlencoded" : "text/plain")
                    .append("\r\n");
            return random.nextBoolean()
                    ? head + "Content-Length: " + body.length() + "\r\n\r\n" + body
                    : head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                            + "\r\n0\r\n\r\n";
        }

        private void check(Sent request, Connection.Answer answer) {
            assertThat(answer.fields().get("x-request-id")).isEqualTo(request.token);
            if (request.wrong) {
                assertThat(answer.status()).as(request.name()).isEqualTo(401);
                return;
            }
            assertThat(answer.status()).as("%s: %s", request, answer).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(String.join(
                            "|",
                            request.name(),
                            request.token,
                            request.token,
                            request.session ? request.name() : "none",
                            request.body));
            String cookie = answer.fields().get("set-cookie");
            if (cookie != null) {
                assertThat(request.session).as("a session nobody asked for").isTrue();
                sessions.put(request.user, cookie.replaceAll("JSESSIONID=([^;]*);.*", "$1"));
            }
        }

        /** Half a body of somebody, then the end: whoever gets the thread and the buffers next must not see it. */
        private void abandon(Connection connection) throws IOException {
            Sent request = new Sent(number, false, "abandoned", "", false);
            String whole = text(request).replaceAll("(?s)\r\n(Content-Length|Transfer-Encoding).*", "");
            connection.write(whole + "\r\nContent-Length: 5000\r\n\r\nabandoned");
            connection.flush();
            connection.close();
        }
    }

    /** Says what it sees of the request. */
    @WebServlet("/open")
    public static class Open extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String form = request.getParameter("body");
            String body = form != null
                    ? form
                    : new String(request.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            String owner = "none";
            if (request.getParameter("session") != null) {
                HttpSession session = request.getSession();
                if (session.getAttribute("owner") == null) {
                    session.setAttribute("owner", request.getUserPrincipal().getName());
                }
                owner = (String) session.getAttribute("owner");
            }
            response.getWriter()
                    .print(String.join(
                            "|",
                            String.valueOf(request.getRemoteUser()),
                            request.getParameter("query"),
                            request.getHeader("X-Canary"),
                            owner,
                            body));
        }
    }

    @WebServlet("/who")
    @ServletSecurity(@HttpConstraint(rolesAllowed = "canary"))
    public static class Who extends Open {}
}
