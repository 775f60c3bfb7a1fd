package dev.sluice.transport.planted;

import dev.sluice.admin.ConsoleProvider;

/** Knows a module that it should not know. */
public final class LooksUp {
    ConsoleProvider known;
}
