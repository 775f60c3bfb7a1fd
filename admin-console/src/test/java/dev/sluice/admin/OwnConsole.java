package dev.sluice.admin;

import dev.sluice.api.testing.Answer;
import dev.sluice.api.testing.Call;
import dev.sluice.api.testing.InMemory;
import dev.sluice.deploy.access.Grant;
import java.io.IOException;
import java.util.List;

/** A console in memory, and somebody who asks it with a token. */
final class OwnConsole implements AutoCloseable {
    private final FakeServer server;
    private final InMemory console;
    private final String token;

    private OwnConsole(FakeServer server, InMemory console, String token) {
        this.server = server;
        this.console = console;
        this.token = token;
    }

    static OwnConsole of(FakeServer server) throws Exception {
        return new OwnConsole(
                server,
                InMemory.start(new Console(server)),
                server.access()
                        .tokens()
                        .add("test", List.of(Grant.parse("operator")))
                        .text());
    }

    /** The same console, asked by somebody with a new token for these roles. */
    OwnConsole as(String... roles) throws IOException {
        return new OwnConsole(
                server,
                console,
                server.access()
                        .tokens()
                        .add("other", List.of(roles).stream().map(Grant::parse).toList())
                        .text());
    }

    Answer get(String target) {
        return call("GET", target).send();
    }

    Call call(String method, String target) {
        return bare(method, target).header("Authorization", "Bearer " + token);
    }

    /** A request of nobody. */
    Call bare(String method, String target) {
        return console.call(method, target);
    }

    @Override
    public void close() throws Exception {
        console.close();
    }
}
