package dev.sluice.api;

/**
 * A handler application: the one class that a handler jar must have.
 *
 * <p>It is named by the manifest attribute {@value #MANIFEST_ATTRIBUTE} or by
 * {@code META-INF/services/dev.sluice.api.HandlerApplication}, is public and has a public constructor without
 * parameters. One instance is made for each deployment. {@link #start} and {@link #stop} are called once each, never
 * at the same time, by a thread whose context class loader is the application's.
 */
public interface HandlerApplication {
    /** The manifest attribute that names the application class. */
    String MANIFEST_ATTRIBUTE = "Sluice-Application";

    /**
     * Registers routes, middleware, templates and jobs. The application serves requests after this returned.
     *
     * @throws Exception anything: the deployment fails with it as the reason, and {@link #stop} is not called
     */
    void start(Setup setup) throws Exception;

    /**
     * Releases what {@link #start} acquired. Called when no request is left, or the time to drain is over.
     *
     * @throws Exception anything: it is logged, and the application counts as stopped
     */
    default void stop() throws Exception {}
}
