package dev.sluice.deploy.scratch;

import dev.sluice.fork.Template;
import java.util.List;

/** An application that runs, as a search for leaks sees it. For one thread. */
interface Started extends AutoCloseable {
    /**
     * A way to call it.
     *
     * @param name method and pattern
     * @param refusal why it is not called; empty if it may be
     */
    record Route(String name, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Its routes. */
    List<Route> routes();

    /**
     * Calls a route whose parameters all have one value, and returns when the application's code has.
     *
     * @return whether it was answered, and not by a failure
     */
    boolean call(Route route, String value) throws Exception;

    /** What it has published. */
    List<Template<?>> templates();

    /** Adds the objects of which it has one for all requests. */
    void look(Snapshot snapshot);
}
