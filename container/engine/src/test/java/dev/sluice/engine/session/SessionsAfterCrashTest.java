package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed loses what it had not saved, and nothing that it had only read. */
class SessionsAfterCrashTest {
    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private SessionFixture start(String where) {
        SessionFixture fixture = new SessionFixture(
                SessionOptions.DEFAULT,
                new FileSessionStore(directory.resolve(where).resolve("app"), List.of()));
        fixture.sessions.start(scheduler);
        return fixture;
    }

    /** What another process would find now: the files as they are. */
    private void killed(String before, String after) throws IOException {
        Path target = Files.createDirectories(directory.resolve(after));
        try (Stream<Path> files = Files.list(directory.resolve(before))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Session saved() {
        SessionFixture first = start("one");
        Session session = first.made();
        first.sessions.stop();
        return session;
    }

    @Test
    void whatWasRestoredIsThereAgain() throws IOException {
        Session session = saved();
        assertThat(start("one").sessions.owns(session.getId())).isTrue();

        killed("one", "two");
        assertThat(start("two").sessions.owns(session.getId())).isTrue();

        killed("two", "three");
        assertThat(start("three").sessions.owns(session.getId()))
                .as("killed twice")
                .isTrue();
    }

    @Test
    void whatHasEndedSinceDoesNotComeBack() throws IOException {
        Session session = saved();
        SessionFixture second = start("one");
        second.sessions.find(session.getId()).invalidate();

        killed("one", "two");

        assertThat(start("two").sessions.owns(session.getId())).isFalse();
    }

    @Test
    void anIdThatWasReplacedDoesNotComeBack() throws IOException {
        Session session = saved();
        SessionFixture second = start("one");
        second.sessions.changeId(second.sessions.find(session.getId()));

        killed("one", "two");

        assertThat(start("two").sessions.owns(session.getId())).isFalse();
    }

    @Test
    void anotherGenerationDoesNotTakeWhatIsLive() {
        Session session = saved();
        SessionFixture old = start("one");
        SessionFixture next = start("one");
        assertThat(next.sessions.owns(session.getId())).isFalse();

        old.sessions.stop();
        next.sessions.restore();

        assertThat(next.sessions.owns(session.getId())).isTrue();
    }

    @Test
    void aCleanStopLeavesOneFile() throws IOException {
        saved();
        SessionFixture second = start("one");
        second.sessions.stop();

        try (Stream<Path> files = Files.list(directory.resolve("one"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("app");
        }
    }
}
