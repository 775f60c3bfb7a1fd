package dev.sluice.war.check;

/** How closely code is looked at. */
enum Depth {
    /** Every method, and every method that a call may reach: for the application's own code. */
    WHOLE,
    /** Methods that touch static fields or run on an object that the container has one of, and calls with one target: for libraries. */
    OUTLINE
}
