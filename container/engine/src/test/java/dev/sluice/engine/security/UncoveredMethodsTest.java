package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.fixture.LoggedLines;
import dev.sluice.engine.fixture.TestClock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 13.8.4: whoever deploys is told of methods that no constraint covers. */
class UncoveredMethodsTest {
    private static List<String> log(boolean deny, Set<String> methods) {
        InstantSource clock = new TestClock();
        Security security = new Security(
                List.of(new SecurityConstraint(
                        List.of(new ResourceCollection("c", List.of("/x/*"), methods, Set.of())),
                        Set.of("boss"),
                        Transport.NONE)),
                deny,
                null,
                Set.of(),
                Logins.of(Realm.NOBODY, clock),
                SecurityOptions.DEFAULT,
                () -> 0,
                clock);
        try (LoggedLines lines = new LoggedLines("dev.sluice.security")) {
            security.warnOfUncovered("application uncovered-methods");
            return lines.all().stream()
                    .filter(line -> line.contains("uncovered-methods:"))
                    .toList();
        }
    }

    @Test
    void areWarnedOf() {
        assertThat(log(false, Set.of("GET", "POST")))
                .singleElement()
                .asString()
                .contains("WARNING", "all but GET, POST", "/x/*", "anybody", "deny-uncovered-http-methods");
    }

    @Test
    void areToldIfTheyAreRefused() {
        assertThat(log(true, Set.of("GET"))).singleElement().asString().contains("INFO", "refused");
    }

    @Test
    void nothingIsSaidIfAllAreCovered() {
        assertThat(log(false, Set.of())).isEmpty();
    }
}
