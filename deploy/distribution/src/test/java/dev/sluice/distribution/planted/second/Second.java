package dev.sluice.distribution.planted.second;

import dev.sluice.distribution.planted.first.First;

/** The other half of a cycle. */
public final class Second {
    First first;
}
