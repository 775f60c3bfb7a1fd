package dev.sluice.engine.application;

/**
 * What a request goes to in its application. The application finds it once, on the loop, and gets it back from {@link Call#target()} when it
 * handles the request; its own kind of target carries what was found. Immutable.
 */
public interface Target {
    /** What the time that the request holds its loop is accounted to: a servlet's or a route's name, from a bounded set; empty for none. */
    String route();

    /** How the request wants to be run. */
    default LaneHint lane() {
        return LaneHint.AUTO;
    }

    /** One that only has a name. */
    static Target named(String route) {
        return () -> route;
    }
}
