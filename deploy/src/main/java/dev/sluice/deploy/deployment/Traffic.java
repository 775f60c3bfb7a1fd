package dev.sluice.deploy.deployment;

import dev.sluice.engine.application.Application;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leads requests to applications. The seam between deployments and the gate. Methods may be called from any thread. */
public interface Traffic {
    /**
     * Leads requests to an application from now on.
     *
     * @param replaced the route that ends in the same moment, so that every request finds one of the two; null if there is none
     */
    Route open(DeploymentRequest request, Application application, @Nullable Route replaced);

    /** Requests on their way to one application. */
    interface Route {
        /** No new requests come this way. Idempotent. */
        void close();

        /**
         * Waits until no request is left.
         *
         * @return false if some were left after the limit
         */
        boolean drain(Duration limit) throws InterruptedException;

        /** Ends the requests that are left: 503 where no head was sent, otherwise the response is broken off. Does not wait. */
        void end();

        /** Who asks it is told, in words, of the requests that are left; it holds neither them nor the application. */
        Supplier<List<String>> left();
    }
}
