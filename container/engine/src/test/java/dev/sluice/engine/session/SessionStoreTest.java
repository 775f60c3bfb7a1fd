package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.engine.fixture.LoggedLines;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions outlive a restart (Servlet 6.1, 7.7.2). */
class SessionStoreTest {
    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private SessionFixture start(SessionStore store) {
        SessionFixture fixture = new SessionFixture(SessionOptions.DEFAULT, store);
        fixture.sessions.start(scheduler);
        return fixture;
    }

    static final class Item implements Serializable, HttpSessionActivationListener {
        private static final long serialVersionUID = 1L;
        private static final List<String> EVENTS = new ArrayList<>();
        private final String name;

        Item(String name) {
            this.name = name;
        }

        @Override
        public void sessionWillPassivate(HttpSessionEvent event) {
            EVENTS.add("passivate " + event.getSession().getAttribute("item"));
        }

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            EVENTS.add("activate " + event.getSession().getAttribute("item"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void aFileKeepsThem() throws IOException {
        Path file = directory.resolve("private/app.sessions");
        SessionFixture before = start(new FileSessionStore(file, List.of()));
        Session session = before.made();
        Map<String, Integer> shared = new HashMap<>(Map.of("n", 1));
        session.setAttribute("item", new Item("x"));
        session.setAttribute("map", shared);
        session.setAttribute("same", shared);
        session.setAttribute("set", Set.of("a", "b"));
        session.setMaxInactiveInterval(77);
        Item.EVENTS.clear();
        before.sessions.stop();
        assertThat(session.live()).isFalse();
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        SessionFixture after = start(new FileSessionStore(file, List.of()));
        try (RequestSession request = after.request(session.getId())) {
            Session found = request.orCreate(null);
            assertThat(found.isNew()).isFalse();
            assertThat(found.getAttribute("item")).hasToString("x");
            assertThat(found.getAttribute("map")).isEqualTo(shared).isSameAs(found.getAttribute("same"));
            assertThat(found.getAttribute("set")).isEqualTo(Set.of("a", "b"));
            assertThat(found.getMaxInactiveInterval()).isEqualTo(77);
            assertThat(found.getCreationTime()).isEqualTo(session.created());
        }
        assertThat(Item.EVENTS).containsExactly("passivate x", "activate x");
        assertThat(file).doesNotExist();
        assertThat(after.heard).isEmpty();
    }

    @Test
    void memoryKeepsThemThroughARedeploy() {
        MemorySessionStore store = new MemorySessionStore();
        SessionFixture before = start(store);
        SessionFixture next = start(store);
        Session session = before.made();
        before.sessions.stop();
        next.sessions.restore();
        assertThat(next.sessions.owns(session.getId())).isTrue();
    }

    @Test
    void withoutAStoreTheyEnd() {
        SessionFixture fixture = new SessionFixture();
        Session session = fixture.made();
        session.onEnd(() -> fixture.heard.add("end"));
        fixture.sessions.stop();
        assertThat(fixture.heard).contains("end");
    }

    @Test
    void whatIsTooOldEndsAtTheStart() {
        MemorySessionStore store = new MemorySessionStore();
        SessionFixture before = start(store);
        Session session = before.made();
        before.sessions.stop();
        SessionFixture after = new SessionFixture(SessionOptions.DEFAULT, store);
        after.clock.pass(Duration.ofHours(2));
        after.sessions.start(scheduler);
        assertThat(after.sessions.owns(session.getId())).isFalse();
        assertThat(after.sessions.statistics()).isEqualTo(new Sessions.Statistics(0, 0, 1, 0));
    }

    @Test
    void whatIsNotSerializableIsLeftOut() {
        MemorySessionStore store = new MemorySessionStore();
        SessionFixture before = start(store);
        Session session = before.made();
        session.setAttribute("good", "kept");
        session.setAttribute("bad", new Object());
        session.setAttribute("deep", new ArrayList<>(List.of(Thread.currentThread())));
        before.sessions.stop();
        SessionFixture after = start(store);
        try (RequestSession request = after.request(session.getId())) {
            assertThat(request.orCreate(null).attributes()).containsOnlyKeys("good");
        }
    }

    /** A class of the JDK that is no value: gadgets are made of such. */
    @Test
    void classesThatAreNotAllowedAreRefused() {
        assertThat(survives(SessionOptions.DEFAULT, javax.swing.event.EventListenerList.class))
                .isFalse();
    }

    @Test
    void theWarningNamesTheClassAndTheKey() {
        try (LoggedLines log = new LoggedLines("dev.sluice.session")) {
            survives(SessionOptions.DEFAULT, javax.swing.event.EventListenerList.class);
            assertThat(log.all()).anySatisfy(line -> assertThat(line)
                    .contains("javax.swing.event.EventListenerList", "sessions.serial-filter"));
        }
    }

    @Test
    void aFilterThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionOptions.DEFAULT.withSerialFilter("maxdepth=x"))
                .withMessageContaining("maxdepth=x");
    }

    @Test
    void theAllowListCanBeExtendedAndNarrowed() {
        SessionOptions more = SessionOptions.DEFAULT.withSerialFilter("javax.swing.event.EventListenerList");
        assertThat(survives(more, javax.swing.event.EventListenerList.class)).isTrue();
        assertThat(survives(SessionOptions.DEFAULT.withSerialFilter("!java.util.ArrayList"), ArrayList.class))
                .isFalse();
        assertThat(survives(SessionOptions.DEFAULT, ArrayList.class)).isTrue();
    }

    private boolean survives(SessionOptions options, Class<?> type) {
        try {
            MemorySessionStore store = new MemorySessionStore();
            SessionFixture before = new SessionFixture(options, store);
            Session session = before.made();
            session.setAttribute("a", type.getConstructor().newInstance());
            before.sessions.stop();
            SessionFixture after = new SessionFixture(options, store);
            after.sessions.start(scheduler);
            return after.sessions.owns(session.getId());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStoreThatClientsCanReadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FileSessionStore(directory.resolve("webapp/s"), List.of(directory.resolve("webapp"))));
    }

    @Test
    void aDamagedFileIsAnErrorAndGone() throws IOException {
        File file = directory.resolve("s").toFile();
        Files.writeString(file.toPath(), "SLS1 and then nonsense");
        FileSessionStore store = new FileSessionStore(file.toPath(), List.of());
        assertThatIOException().isThrownBy(store::take);
        assertThat(store.take()).isEmpty();
    }
}
