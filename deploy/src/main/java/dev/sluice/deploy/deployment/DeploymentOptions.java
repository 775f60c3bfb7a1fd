package dev.sluice.deploy.deployment;

import java.time.Duration;

/**
 * How applications start and end.
 *
 * @param drain how long an application that ends waits for its requests
 * @param end how long it then waits for those that were broken off to return
 * @param parallel how many start at the same time; one that takes longer than {@code slow} does not count any more
 * @param slow after which time a line says that a start or an end takes long, and where it is
 */
public record DeploymentOptions(Duration drain, Duration end, int parallel, Duration slow) {
    /** Checks the values. */
    public DeploymentOptions {
        if (parallel < 1) {
            throw new IllegalArgumentException("deployments in parallel: " + parallel + " (expected: at least 1)");
        }
    }

    /** Waits 30 s for requests and 5 s more, starts one for each processor, tells what takes longer than 10 s. */
    public static final DeploymentOptions DEFAULT = new DeploymentOptions(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(10));
}
