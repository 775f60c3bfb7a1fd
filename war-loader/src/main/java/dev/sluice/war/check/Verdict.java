package dev.sluice.war.check;

/** What a check comes to. */
public enum Verdict {
    /** All code that can run in a request was looked at, and none of it changes what requests share. */
    SAFE,
    /** Something was found that two requests could change together. */
    UNSAFE,
    /** Nothing was found, and not everything could be looked at. */
    UNDECIDED
}
