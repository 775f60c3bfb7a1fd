package dev.sluice.deploy.command;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.log.JulBridge;
import dev.sluice.deploy.log.Layout;
import dev.sluice.deploy.log.Levels;
import dev.sluice.deploy.log.LoggedStream;
import dev.sluice.deploy.log.ServerLog;
import dev.sluice.engine.http.EventLoop;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Configures the server's log. */
final class LogSetup {
    /** How lanes name a thread of theirs: after the loop or pool, and after the request. Threads of applications have other names. */
    private static final Pattern REQUEST = Pattern.compile("sluice.*?/req-(.+)");

    private LogSetup() {}

    static void configure(Configuration configuration) {
        Levels levels = read(configuration);
        boolean json = configuration.value(Keys.LOG_FORMAT).equals("json");
        Layout layout = json ? Layout.json() : Layout.text(ZoneId.systemDefault(), colours(configuration));
        ServerLog.process().configure(layout, levels);
        ServerLog.process().requestIds(LogSetup::requestId);
        JulBridge.install(levels);
        if (json) {
            LoggedStream.install();
        }
    }

    /** Changes the levels only. */
    static void levels(Configuration configuration) {
        Levels levels = read(configuration);
        ServerLog.process().configure(levels);
        JulBridge.configure(levels);
    }

    private static Levels read(Configuration configuration) {
        Map<String, System.Logger.Level> byName = new HashMap<>();
        for (String name : configuration.names("log", "levels")) {
            configuration.value(Keys.LOG_LEVELS, name).ifPresent(level -> byName.put(name, level(level)));
        }
        return new Levels(level(configuration.value(Keys.LOG_LEVEL)), byName);
    }

    private static @Nullable String requestId() {
        String id = requestId(Thread.currentThread().getName());
        String label = id == null ? EventLoop.inlineLabel() : null;
        return label == null ? id : requestId("sluice/" + label);
    }

    /** A lane names the thread that works on a request after it. */
    static @Nullable String requestId(String thread) {
        Matcher matcher = REQUEST.matcher(thread);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static System.Logger.Level level(String name) {
        return System.Logger.Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static boolean colours(Configuration configuration) {
        return switch (configuration.value(Keys.LOG_COLOUR)) {
            case "always" -> true;
            case "never" -> false;
            default -> terminal() && System.getenv("NO_COLOR") == null;
        };
    }

    /** bin/sluice says whether standard output is a terminal. Without it nobody can: a console may be one for the input only. */
    private static boolean terminal() {
        return Boolean.getBoolean("sluice.terminal");
    }
}
