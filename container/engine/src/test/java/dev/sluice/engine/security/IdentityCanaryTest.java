package dev.sluice.engine.security;

import static dev.sluice.engine.security.SecurityFixture.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jetty's CVE-2026-5795 and its kin: ten thousand requests of distinct users on few threads, and nobody is somebody else. */
class IdentityCanaryTest {
    private final SecurityFixture fixture = new SecurityFixture("BASIC");
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private static final List<Map.Entry<String, String>> USERS =
            List.of(Map.entry("alice", "ecila"), Map.entry("bob", "bob"), Map.entry("j\u00f6rg", "gr\u00f6j"));

    @Test
    void nobodyIsSomebodyElse() throws InterruptedException {
        int requests = 10_000;
        CountDownLatch done = new CountDownLatch(requests);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < requests; i++) {
                int number = i;
                executor.execute(() -> {
                    try {
                        request(number);
                    } catch (Exception e) {
                        mistakes.add(number + ": " + e);
                    } finally {
                        done.countDown();
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(mistakes).isEmpty();
    }

    private void request(int number) throws Exception {
        Request request = new Request("GET", number % 5 == 0 ? "/secret/x" : "/any/x").from("client" + number);
        Map.Entry<String, String> user = number % 4 == 3 ? null : USERS.get(number % 4);
        boolean wrong = number % 7 == 0;
        if (user != null) {
            request.header("Authorization", basic(user.getKey(), wrong ? "guess" : user.getValue()));
        }
        try (Exchange exchange = fixture.exchange(request, null)) {
            fixture.security.admit(exchange);
            String expected = user == null || wrong ? null : user.getKey();
            // A user whose name was guessed at too often is locked out: then there is nobody, never somebody else.
            if (!same(expected, exchange.user()) && exchange.user() != null) {
                mistakes.add(number + ": " + expected + " became " + exchange.user());
            }
        }
    }

    private static boolean same(@Nullable String expected, @Nullable String actual) {
        return expected == null ? actual == null : expected.equals(actual);
    }
}
