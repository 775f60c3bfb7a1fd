package dev.sluice.engine.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which fixed responses there are, as one value: another table takes its place when what is served changes.
 *
 * @param empty whether there is none on any host
 * @param hosts finds those of a host by its name without port; asked on loops, which remember the answer as long as the table is in place
 */
public record FixedTable(boolean empty, Function<String, @Nullable FixedPaths> hosts) {
    /** A table without responses. */
    public static final FixedTable NONE = new FixedTable(true, host -> null);
}
