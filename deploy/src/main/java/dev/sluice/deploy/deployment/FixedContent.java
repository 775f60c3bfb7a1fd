package dev.sluice.deploy.deployment;

import dev.sluice.engine.http.FixedResponse;
import java.util.Map;

/** The fixed responses that configuration gives one application, kept fresh until they are closed. */
public interface FixedContent extends AutoCloseable {
    /** By their paths in the application. */
    Map<String, FixedResponse> responses();

    /** Nobody asks for them any more. Idempotent. */
    @Override
    default void close() {}
}
