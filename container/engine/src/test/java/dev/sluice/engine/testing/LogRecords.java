package dev.sluice.engine.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What anybody logs above debug while this is open. */
public final class LogRecords implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getLoggerName() + ": " + line.getMessage()
                    + (line.getThrown() == null ? "" : " " + line.getThrown()));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** Listens from now on. */
    public LogRecords() {
        ROOT.addHandler(handler);
    }

    /** What was logged until now. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
    }
}
