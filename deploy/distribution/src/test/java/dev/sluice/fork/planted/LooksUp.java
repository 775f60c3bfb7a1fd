package dev.sluice.fork.planted;

import dev.sluice.engine.http.Headers;

/** Knows a module that it should not know. */
public final class LooksUp {
    Headers known;
}
