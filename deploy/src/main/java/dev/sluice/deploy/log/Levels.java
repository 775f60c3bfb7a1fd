package dev.sluice.deploy.log;

import java.util.Map;

/**
 * Which levels are logged: one for all, and others for loggers by the beginning of their names. Immutable.
 *
 * @param root the least level for everything else
 * @param byName the least level for the loggers of that name and below it
 */
public record Levels(System.Logger.Level root, Map<String, System.Logger.Level> byName) {
    /** Information and worse, from everybody. */
    public static final Levels DEFAULT = new Levels(System.Logger.Level.INFO, Map.of());

    /** Copies the map. */
    public Levels {
        byName = Map.copyOf(byName);
    }

    /** The least level of a logger: that of the longest name that it has or is below of. */
    public System.Logger.Level of(String logger) {
        for (String name = logger; !name.isEmpty(); name = name.substring(0, Math.max(name.lastIndexOf('.'), 0))) {
            System.Logger.Level level = byName.get(name);
            if (level != null) {
                return level;
            }
        }
        return root;
    }
}
