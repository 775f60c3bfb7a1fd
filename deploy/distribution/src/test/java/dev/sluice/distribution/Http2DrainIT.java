package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops tells HTTP/2 clients to open no more streams, and ends those that are open. */
class Http2DrainIT {
    @TempDir
    Path directory;

    @Test
    void goAwayComesBeforeTheLastResponse() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(directory, Jars.load(directory.resolve("load.jar")));
                Http2Connection connection = new Http2Connection(sluice.port())) {
            connection.send(Http2Connection.SETTINGS, 0, 0).get(1, "/load/sleep/5000");
            await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("requestsInFlight") == 1);

            sluice.term();

            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> !connection.received(Http2Connection.GOAWAY).isEmpty());
            Http2Connection.Frame goAway =
                    connection.received(Http2Connection.GOAWAY).get(0);
            assertThat(goAway.error()).isZero();
            assertThat(goAway.payload()).startsWith(0, 0, 0, 1);
            assertThat(connection.received(Http2Connection.HEADERS)).isEmpty();

            connection.get(3, "/load/hello"); // a client that does not listen is refused
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(connection.received(Http2Connection.HEADERS))
                            .extracting(Http2Connection.Frame::stream)
                            .contains(1));
            assertThat(sluice.awaitExit()).isZero();
        }
    }
}
