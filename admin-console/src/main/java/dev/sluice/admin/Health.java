package dev.sluice.admin;

import dev.sluice.api.Response;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.deploy.management.SilentLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Health as Kubernetes and others ask for it: 200 with {@code up}, or 503 with {@code down} and the culprits. */
final class Health {
    private final ServerView server;

    Health(ServerView server) {
        this.server = server;
    }

    /** The process answers and its loops turn; otherwise a restart would help. */
    Response live() {
        return answer(silentLoops());
    }

    private List<Map<String, Object>> silentLoops() {
        List<Map<String, Object>> culprits = new ArrayList<>();
        for (SilentLoop loop : server.silentLoops()) {
            Map<String, Object> culprit = new LinkedHashMap<>();
            culprit.put("name", loop.name());
            culprit.put("state", "silent");
            culprit.put("reason", "no turn for " + loop.time().toMillis() + " ms");
            culprits.add(culprit);
        }
        return culprits;
    }

    /** Send requests: the server runs, and so do all applications. Those that run without some of their parts are named, and no reason to wait. */
    Response ready() {
        List<Map<String, Object>> culprits = silentLoops();
        if (server.state() != State.RUNNING) {
            culprits.add(culprit("server", server.state(), ""));
        }
        for (ApplicationView application : server.applications()) {
            if (application.state() != State.RUNNING && counts(application)) {
                culprits.add(culprit(application.name(), application.state(), application.failure()));
            }
        }
        return answer(culprits, degraded());
    }

    private List<Map<String, Object>> degraded() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ApplicationView application : server.applications()) {
            if (application.state() == State.RUNNING
                    && !application.degradations().isEmpty()) {
                all.add(culprit(application.name(), State.RUNNING, String.join("; ", application.degradations())));
            }
        }
        return all;
    }

    /** What was added to a running server is no reason to take the others from their clients while it starts. */
    private boolean counts(ApplicationView application) {
        boolean begins = application.state() == State.STARTING || application.state() == State.DESCRIBED;
        boolean added = server.state() == State.RUNNING && application.since().isAfter(server.since());
        return !begins || !added || server.configuration().value(Keys.HEALTH_STARTING);
    }

    /** The start is over. */
    Response started() {
        boolean over = server.state() != State.DESCRIBED && server.state() != State.STARTING;
        return answer(over ? List.of() : List.of(culprit("server", server.state(), "")));
    }

    private static Map<String, Object> culprit(String name, State state, String reason) {
        Map<String, Object> culprit = new LinkedHashMap<>();
        culprit.put("name", name);
        culprit.put("state", state.toString());
        if (!reason.isEmpty()) {
            culprit.put("reason", reason);
        }
        return culprit;
    }

    private static Response answer(List<Map<String, Object>> culprits) {
        return answer(culprits, List.of());
    }

    private static Response answer(List<Map<String, Object>> culprits, List<Map<String, Object>> degraded) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", culprits.isEmpty() ? "up" : "down");
        if (!culprits.isEmpty()) {
            body.put("culprits", culprits);
        }
        if (!degraded.isEmpty()) {
            body.put("degraded", degraded);
        }
        return Response.json(Json.write(body)).withStatus(culprits.isEmpty() ? 200 : 503);
    }
}
