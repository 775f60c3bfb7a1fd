package dev.sluice.deploy.management;

import java.time.Duration;

/** A loop that was asked for a sign of life that long ago and has given none. */
public record SilentLoop(String name, Duration time) {}
