package dev.sluice.deploy.management;

import dev.sluice.deploy.deployment.Anatomy;
import dev.sluice.deploy.deployment.StartTimes;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.fork.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application as it stands now.
 *
 * @param name by which it is known
 * @param contextPath as one writes it: {@code /} for the root
 * @param version empty if it has none
 * @param host the virtual host
 * @param state where it stands
 * @param since since when
 * @param kind war or handler; unknown until it was opened
 * @param source its archive or directory
 * @param hash SHA-256 of the content; empty until it was opened
 * @param startTime how long its start took
 * @param failure why it failed; empty if it did not
 * @param degradations what of it is out of service since its start, each with the reason; empty if it is whole
 * @param redeployFailure why the last attempt to replace it failed; empty if there was none
 * @param replacing whether another generation is being started in its place
 * @param parts the parts of its start, as far as it has come
 * @param anatomy what it says about itself; empty if it is no WAR or does not run
 * @param templates what it has published for its requests to fork; none if it does not run
 */
public record ApplicationView(
        String name,
        String contextPath,
        String version,
        String host,
        State state,
        Instant since,
        String kind,
        Path source,
        String hash,
        Duration startTime,
        String failure,
        List<String> degradations,
        String redeployFailure,
        boolean replacing,
        List<StartTimes.Part> parts,
        Optional<Anatomy> anatomy,
        List<Template<?>> templates) {

    /** Copies the lists. */
    public ApplicationView {
        templates = List.copyOf(templates);
        parts = List.copyOf(parts);
        degradations = List.copyOf(degradations);
    }
}
