package dev.sluice.war.check;

/** How code changes an object or a field; the worst last. */
enum Change {
    /** Not at all. */
    NONE,
    /** Hands it to code that was not read. */
    HAND_OUT,
    /** Adds to a counter made for threads. */
    COUNT,
    /** Puts what follows from a key into a map, or removes it. */
    CACHE,
    /** Sets a field that was found empty to what does not depend on the request. */
    LAZY,
    /** Changes the object. */
    CHANGE,
    /** Assigns a field. */
    ASSIGN;

    /** Whether two requests can see it in each other. */
    boolean leaks() {
        return this == CHANGE || this == ASSIGN;
    }
}
