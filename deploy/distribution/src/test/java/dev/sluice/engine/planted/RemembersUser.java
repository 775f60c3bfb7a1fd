package dev.sluice.engine.planted;

/** Breaks the rule that identity is not kept with the thread. */
final class RemembersUser {
    static final ThreadLocal<String> USER = new ThreadLocal<>();

    private RemembersUser() {}
}
