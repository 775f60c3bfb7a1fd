package dev.sluice.deploy.deployment;

import dev.sluice.engine.application.Application;
import java.util.List;
import java.util.Optional;

/** Makes applications out of archives. The seam between deployments and the kinds of application. */
@FunctionalInterface
public interface ApplicationOpener {
    /**
     * Reads an archive and makes its class loader, without running any of its code.
     *
     * @throws Exception if it cannot be described; the message is for an operator
     */
    Opened open(DeploymentRequest request) throws Exception;

    /** An application that can be started once. Used by one thread at a time. */
    interface Opened {
        /** The kind of application, such as {@code war} or {@code handler}. */
        String kind();

        /** SHA-256 of the archive's content, in hexadecimal. */
        String hash();

        /** The class loader of the application's code. */
        ClassLoader classLoader();

        /**
         * Runs the application's own start.
         *
         * @throws Exception what kept it from starting
         */
        Application start() throws Exception;

        /** What of it is out of service since its start, each with the reason; empty if it is whole. */
        default List<String> degradations() {
            return List.of();
        }

        /** What the application says about itself; empty if it is no WAR or has not started. */
        default Optional<Anatomy> anatomy() {
            return Optional.empty();
        }

        /** Runs the application's own end; called if {@link #start} returned. */
        void stop() throws Exception;

        /** The generation that it has replaced is stopped: what that one left may be taken over. Called at most once, after the start. */
        default void replacedEnded() {}

        /** Releases the class loader and files. */
        void close() throws Exception;
    }
}
