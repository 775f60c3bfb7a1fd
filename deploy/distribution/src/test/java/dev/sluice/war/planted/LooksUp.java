package dev.sluice.war.planted;

import dev.sluice.deploy.server.Server;

/** Knows a module that it should not know. */
public final class LooksUp {
    Server known;
}
