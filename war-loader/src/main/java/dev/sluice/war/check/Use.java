package dev.sluice.war.check;

import dev.sluice.fork.report.SourceLocation;

/**
 * One place where code does something with what a {@link Target} holds.
 *
 * @param call the application's method that was called on the object, as {@code owner.name+descriptor}; empty if none
 */
record Use(Kind kind, Phase phase, SourceLocation where, String call) {
    enum Kind {
        /** The holder itself is assigned. */
        ASSIGN,
        /** The object is changed. */
        CHANGE,
        /** A method of the application is called on the object. */
        CALL,
        /** The object is handed to somebody else. */
        HAND_OUT,
        /** The object is looked at. */
        READ
    }

    /** When the code runs. */
    enum Phase {
        /** In a static initialiser. */
        CLASS,
        /** In a constructor. */
        CONSTRUCTION,
        /** In a callback that runs before requests. */
        START,
        /** At any time. */
        ANY
    }

    boolean late() {
        return phase == Phase.ANY;
    }
}
