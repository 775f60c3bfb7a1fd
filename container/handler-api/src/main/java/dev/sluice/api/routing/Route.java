package dev.sluice.api.routing;

import dev.sluice.api.Handler;

/** A route: the handler of a method and a pattern, with the application's middleware around it. */
record Route(PathPattern pattern, Handler handler) {}
