package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAM 16.0.5, 337 MB: its filters call the context by reflection; an administrator goes through the first step of its set-up. */
@Tag("wars")
class OpenAmIT {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String STEP = "/openam/config/wizard/step1.htm?actionLink=checkPasswords";

    @TempDir
    Path directory;

    @Test
    void theFirstStepOfTheSetUpIsDone() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                PATIENCE,
                List.of("-Xmx2g", "-Duser.home=" + directory),
                "--set",
                "timeouts.start=15m",
                LargeWar.fetched("openam.war"))) {
            Browser browser = new Browser(sluice);
            HttpResponse<String> options = browser.get("/openam/");
            assertThat(options.uri().getPath()).isEqualTo("/openam/config/options.htm");
            assertThat(options.body()).contains("<title>OpenAM</title>");
            assertThat(browser.get("/openam/config/wizard/wizard.htm").body()).contains("Custom Configuration Option");
            assertThat(browser.get("/openam/config/wizard/step1.htm").body()).contains("id=\"adminPassword\"");
            assertThat(check(browser, "short", "short")).isEqualTo("Password must be at least 8 characters");
            assertThat(check(browser, "secret-2026", "secret-2027")).contains("match");
            assertThat(check(browser, "secret-2026", "secret-2026")).isEqualTo("true");
        }
    }

    private static String check(Browser browser, String password, String again) throws Exception {
        return browser.post(STEP, Map.of("type", "admin", "password", password, "confirm", again))
                .body();
    }
}
