package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.ApplicationKeys;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.deployment.FixedContent;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The fixed responses that the configuration gives applications: texts, and files that are read again when they change.
 *
 * @param settings what the configuration says about applications
 * @param installation what relative file names are relative to
 * @param scheduler looks at the files
 */
record FixedSettings(ApplicationSettings settings, Installation installation, ScheduledExecutorService scheduler) {
    private static final String FILE = "file:";

    /** Those of one application. */
    FixedContent of(DeploymentRequest request) {
        Map<String, FixedResponse> responses = new LinkedHashMap<>();
        List<FixedFile> files = new ArrayList<>();
        settings.fixed(request).forEach((path, value) -> {
            if (value.startsWith(FILE)) {
                FixedFile file = new FixedFile(
                        installation.resolve(value.substring(FILE.length())),
                        settings.configuration().value(ApplicationKeys.FIXED_MAX_FILE_SIZE));
                files.add(file);
                responses.put(path, file.response());
            } else {
                responses.put(path, new FixedResponse(Answer.text(200, value)));
            }
        });
        return files.isEmpty() ? () -> responses : watched(responses, files);
    }

    private FixedContent watched(Map<String, FixedResponse> responses, List<FixedFile> files) {
        long nanos =
                settings.configuration().value(ApplicationKeys.FIXED_INTERVAL).toNanos();
        Future<?> watch = scheduler.scheduleWithFixedDelay(
                () -> files.forEach(FixedFile::look), nanos, nanos, TimeUnit.NANOSECONDS);
        return new FixedContent() {
            @Override
            public Map<String, FixedResponse> responses() {
                return responses;
            }

            @Override
            public void close() {
                watch.cancel(false);
            }
        };
    }
}
