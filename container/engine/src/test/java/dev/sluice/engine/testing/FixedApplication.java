package dev.sluice.engine.testing;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import java.util.HashMap;
import java.util.Map;

/** An application with fixed responses, which answers everything else with its name. */
public record FixedApplication(String name, String contextPath, String version, Map<String, FixedResponse> fixed)
        implements Application {
    /** One without fixed responses at a context path. */
    public static FixedApplication at(String contextPath) {
        return new FixedApplication("app" + contextPath, contextPath, "", Map.of());
    }

    /** The same with one more response of plain text. */
    public FixedApplication with(String path, String text) {
        return with(path, new FixedResponse(Answer.text(200, text)));
    }

    /** The same with one more response. */
    public FixedApplication with(String path, FixedResponse response) {
        Map<String, FixedResponse> more = new HashMap<>(fixed);
        more.put(path, response);
        return new FixedApplication(name, contextPath, version, more);
    }

    /** The same in a version. */
    public FixedApplication version(String other) {
        return new FixedApplication(name + other, contextPath, other, fixed);
    }

    @Override
    public void handle(Call call) throws Exception {
        TestApplication.text(call, "normal " + name);
    }
}
