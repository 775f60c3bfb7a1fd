package dev.sluice.deploy.management;

/**
 * Figures of one I/O thread.
 *
 * @param name its thread's name
 * @param connectionsOpen its connections that are open now
 * @param connectionsTotal connections that it got so far
 * @param requests requests that it read so far
 * @param mounts how often it ran a virtual thread
 * @param submissionRetries how often the kernel refused submissions of its ring for the moment
 * @param completionOverflows how often the kernel had to keep completions of its ring aside
 * @param held whether one request holds it beyond the bound now
 */
public record LoopStats(
        String name,
        long connectionsOpen,
        long connectionsTotal,
        long requests,
        long mounts,
        long submissionRetries,
        long completionOverflows,
        boolean held) {}
