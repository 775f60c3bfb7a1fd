package dev.sluice.deploy.log;

import java.util.Comparator;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Leads java.util.logging to the server's log, and with it everything that ends there: jboss-logging (Undertow, XNIO) when
 * {@code org.jboss.logging.provider} is {@code jdk}, and applications that log with the JDK.
 */
public final class JulBridge extends Handler {
    private final ServerLog log;

    JulBridge(ServerLog log) {
        this.log = log;
    }

    /** Replaces all handlers of java.util.logging by one that leads to the process's log, at these levels. */
    public static void install(Levels levels) {
        install(ServerLog.process(), levels);
    }

    static void install(ServerLog log, Levels levels) {
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new JulBridge(log));
        configure(levels);
    }

    /** Changes the levels of the loggers, and no handlers. */
    public static void configure(Levels levels) {
        Logger.getLogger("").setLevel(toJul(levels.root()));
        PINNED.forEach((name, logger) -> {
            if (!levels.byName().containsKey(name)) {
                logger.setLevel(null);
            }
        });
        for (Map.Entry<String, System.Logger.Level> entry : levels.byName().entrySet()) {
            Logger logger = Logger.getLogger(entry.getKey());
            logger.setLevel(toJul(entry.getValue()));
            PINNED.put(entry.getKey(), logger);
        }
    }

    /** Loggers of the JDK are weakly held and forget their levels when they are collected. */
    private static final Map<String, Logger> PINNED = new java.util.concurrent.ConcurrentHashMap<>();

    @Override
    public void publish(LogRecord record) {
        String name = record.getLoggerName() == null ? "" : record.getLoggerName();
        log.write(fromJul(record.getLevel()), name, message(record), record.getThrown());
    }

    private static String message(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        ResourceBundle bundle = record.getResourceBundle();
        if (bundle != null && bundle.containsKey(message)) {
            message = bundle.getString(message);
        }
        return ServerLogger.filled(message, record.getParameters());
    }

    /** The level of the JDK's facade for one of java.util.logging; those in between count as the next worse one that is known. */
    static System.Logger.Level fromJul(Level level) {
        return Stream.of(System.Logger.Level.values())
                .filter(candidate -> candidate != System.Logger.Level.ALL && candidate != System.Logger.Level.OFF)
                .filter(candidate -> toJul(candidate).intValue() <= level.intValue())
                .max(Comparator.comparingInt(System.Logger.Level::getSeverity))
                .orElse(System.Logger.Level.TRACE);
    }

    static Level toJul(System.Logger.Level level) {
        return switch (level) {
            case ALL -> Level.ALL;
            case TRACE -> Level.FINER;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
            case OFF -> Level.OFF;
        };
    }

    @Override
    public void flush() {
        // every entry is flushed when it is written
    }

    @Override
    public void close() {
        // standard output stays open
    }
}
