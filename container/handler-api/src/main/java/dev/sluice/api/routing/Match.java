package dev.sluice.api.routing;

import dev.sluice.api.Handler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the router found.
 *
 * @param pattern the pattern of the route, or null if there is none and {@code handler} answers 404, 405 or OPTIONS
 * @param handler the handler with all middleware around it
 * @param parameters the path parameters in their order
 */
public record Match(@Nullable PathPattern pattern, Handler handler, Map<String, String> parameters) {}
