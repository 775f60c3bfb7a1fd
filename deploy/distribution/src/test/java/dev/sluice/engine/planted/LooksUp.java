package dev.sluice.engine.planted;

import dev.sluice.war.LoadedArchive;

/** Knows a module that it should not know. */
public final class LooksUp {
    LoadedArchive known;
}
