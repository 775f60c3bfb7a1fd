package dev.sluice.engine.routing;

import dev.sluice.engine.application.Application;

/** Something that the router leads to. */
public interface Routable {
    /** The host it belongs to. */
    VirtualHost host();

    /** The application, with context path and version. */
    Application application();
}
