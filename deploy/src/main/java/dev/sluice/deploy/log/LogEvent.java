package dev.sluice.deploy.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the server's log, complete.
 *
 * @param time when it was logged
 * @param level how bad it is
 * @param logger who logged it
 * @param thread the thread that logged it
 * @param requestId the id of the request that the thread was working on, or null
 * @param message the message with its parameters in place
 * @param thrown what was thrown, or null
 */
public record LogEvent(
        Instant time,
        System.Logger.Level level,
        String logger,
        String thread,
        @Nullable String requestId,
        String message,
        @Nullable Throwable thrown) {}
