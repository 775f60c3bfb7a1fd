package dev.sluice.distribution.planted.first;

import dev.sluice.distribution.planted.second.Second;

/** One half of a cycle. */
public final class First {
    Second second;
}
