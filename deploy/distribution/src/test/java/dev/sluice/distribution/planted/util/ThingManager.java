package dev.sluice.distribution.planted.util;

/** Says nothing, in package and name. */
public final class ThingManager {}
