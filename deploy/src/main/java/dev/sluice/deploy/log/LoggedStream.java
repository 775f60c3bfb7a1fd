package dev.sluice.deploy.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What applications print becomes entries of a log, each line one, so that a log that programs read stays readable. Any thread. */
public final class LoggedStream extends OutputStream {
    /** A line without end becomes several entries. */
    private static final int LONGEST = 16 * 1024;

    private final ServerLog log;
    private final String logger;
    private final System.Logger.Level level;
    /** Guarded by this. */
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LoggedStream(ServerLog log, String logger, System.Logger.Level level) {
        this.log = log;
        this.logger = logger;
        this.level = level;
    }

    /** Leads standard output and standard error of this process to its log, as the loggers {@code stdout} and {@code stderr}. */
    public static void install() {
        System.setOut(print(new LoggedStream(ServerLog.process(), "stdout", System.Logger.Level.INFO)));
        System.setErr(print(new LoggedStream(ServerLog.process(), "stderr", System.Logger.Level.WARNING)));
    }

    static PrintStream print(LoggedStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n' || line.size() >= LONGEST) {
            end();
        }
        if (b != '\n' && b != '\r') {
            line.write(b);
        }
    }

    private void end() {
        if (line.size() > 0) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            log.write(level, logger, text, null);
        }
    }
}
