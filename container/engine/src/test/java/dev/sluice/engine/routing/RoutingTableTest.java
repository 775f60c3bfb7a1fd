package dev.sluice.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Host, then longest context path, then version. */
class RoutingTableTest {
    private record App(String contextPath, String version, String session) implements Application {
        @Override
        public String name() {
            return contextPath + "#" + version;
        }

        @Override
        public void handle(Call call) {}

        @Override
        public boolean ownsSession(String id) {
            return id.equals(session);
        }
    }

    private record Target(VirtualHost host, Application application) implements Routable {}

    private static Target target(String path) {
        return new Target(VirtualHost.DEFAULT, new App(path, "", ""));
    }

    private static Target version(String version, String session) {
        return new Target(VirtualHost.DEFAULT, new App("/shop", version, session));
    }

    private static String find(List<Target> targets, String host, String path, @Nullable String session) {
        Target found = new RoutingTable<>(targets).find(host, path, target -> session);
        return found == null
                ? "none"
                : found.host().name() + " " + found.application().name();
    }

    @Nested
    class ContextPath {
        private final List<Target> targets = List.of(target(""), target("/a"), target("/a/b"));

        @Test
        void theLongestWins() {
            assertThat(find(targets, "x", "/a/b/c", null)).isEqualTo("default /a/b#");
            assertThat(find(targets, "x", "/a/b", null)).isEqualTo("default /a/b#");
            assertThat(find(targets, "x", "/a/", null)).isEqualTo("default /a#");
        }

        @Test
        void endsAtASlash() {
            assertThat(find(targets, "x", "/ab", null)).isEqualTo("default #");
            assertThat(find(targets, "x", "/a/bc", null)).isEqualTo("default /a#");
        }

        @Test
        void withoutRootThereMayBeNone() {
            assertThat(find(List.of(target("/a")), "x", "/b", null)).isEqualTo("none");
        }

        @Test
        void manyAreFoundTheSame() {
            List<Target> many = new ArrayList<>(targets);
            for (int i = 0; i < 50; i++) {
                many.add(target("/x" + i));
            }
            assertThat(find(many, "x", "/a/b/c", null)).isEqualTo("default /a/b#");
            assertThat(find(many, "x", "/x49/y", null)).isEqualTo("default /x49#");
            assertThat(find(many, "x", "/", null)).isEqualTo("default #");
        }
    }

    @Nested
    class Host {
        private final List<Target> targets = List.of(
                target(""),
                new Target(new VirtualHost("shop.example.org", Set.of("*.example.org")), new App("", "w", "")),
                new Target(new VirtualHost("www.example.org", Set.of("*.eu.example.org")), new App("", "e", "")));

        @Test
        void exactBeforeWildcardBeforeDefault() {
            assertThat(find(targets, "WWW.example.org", "/", null)).endsWith("#e");
            assertThat(find(targets, "other.example.org", "/", null)).endsWith("#w");
            assertThat(find(targets, "a.eu.example.org", "/", null)).endsWith("#e");
            assertThat(find(targets, "example.org", "/", null)).startsWith("default");
        }
    }

    @Nested
    class Version {
        private final List<Target> targets = List.of(version("9", "s9"), version("10", "s10"), version("", "s0"));

        @Test
        void theNewestTakesNewSessions() {
            assertThat(find(targets, "x", "/shop", null)).endsWith("#10");
            assertThat(find(targets, "x", "/shop", "unknown")).endsWith("#10");
        }

        @Test
        void sessionsStayOnTheirVersion() {
            assertThat(find(targets, "x", "/shop", "s9")).endsWith("#9");
            assertThat(find(targets, "x", "/shop", "s0")).endsWith("#");
        }

        @Test
        void twiceTheSameIsRefused() {
            assertThatThrownBy(() -> new RoutingTable<>(List.of(version("1", "a"), version("1", "b"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/shop");
        }
    }
}
