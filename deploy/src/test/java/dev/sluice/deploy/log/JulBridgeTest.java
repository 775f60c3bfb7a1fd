package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JulBridgeTest {
    @ParameterizedTest
    @CsvSource({
        "SEVERE, ERROR",
        "WARNING, WARNING",
        "INFO, INFO",
        "CONFIG, DEBUG",
        "FINE, DEBUG",
        "FINER, TRACE",
        "FINEST, TRACE",
        "850, INFO",
    })
    void translatesLevels(String jul, System.Logger.Level level) {
        assertThat(JulBridge.fromJul(Level.parse(jul))).isEqualTo(level);
    }

    @Test
    void recordsReachTheServersLog() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        JulBridge bridge = new JulBridge(new ServerLog(output, Clock.systemUTC()));
        LogRecord record = new LogRecord(Level.WARNING, "{0} is slow");
        record.setParameters(new Object[] {"disk"});
        record.setLoggerName("org.xnio");

        bridge.publish(record);

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("WARNING org.xnio disk is slow\n");
    }
}
