package dev.sluice.deploy.log;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A logger of the JDK's facade that leads to the server's log. */
final class ServerLogger implements System.Logger {
    private final String name;
    private final ServerLog log;
    private volatile Levels seen = Levels.DEFAULT;
    private volatile int least = Levels.DEFAULT.root().getSeverity();

    ServerLogger(String name, ServerLog log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        Levels now = log.levels();
        if (now != seen) {
            least = now.of(name).getSeverity();
            seen = now;
        }
        return level != Level.OFF && level.getSeverity() >= least;
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            log.write(level, name, localized(bundle, message), thrown);
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... values) {
        if (isLoggable(level)) {
            log.write(level, name, filled(localized(bundle, format), values), null);
        }
    }

    private static String localized(@Nullable ResourceBundle bundle, @Nullable String message) {
        if (bundle == null || message == null) {
            return String.valueOf(message);
        }
        try {
            return bundle.getString(message);
        } catch (MissingResourceException | ClassCastException e) {
            return message;
        }
    }

    static String filled(String format, @Nullable Object @Nullable [] values) {
        if (values == null || values.length == 0 || format.indexOf('{') < 0) {
            return format;
        }
        try {
            return MessageFormat.format(format, values);
        } catch (IllegalArgumentException e) {
            return format;
        }
    }
}
