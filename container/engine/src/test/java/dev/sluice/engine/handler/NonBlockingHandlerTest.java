package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Middleware;
import dev.sluice.api.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler that declares that it does not block runs on the loop; its body does not, if it could wait. */
class NonBlockingHandlerTest {
    private final AtomicReference<Thread> handler = new AtomicReference<>();
    private final AtomicReference<Thread> body = new AtomicReference<>();

    private Handler noting(Response response) {
        return (request, context) -> {
            handler.set(Thread.currentThread());
            return response;
        };
    }

    private boolean onLoop(Thread thread, HandlerServer server) {
        return thread instanceof org.xnio.XnioIoThread;
    }

    private void check(HandlerApplication application, boolean expected) throws Exception {
        try (HandlerServer server = HandlerServer.start(application)) {
            assertThat(server.get("/").status()).isEqualTo(200);
            assertThat(onLoop(handler.get(), server)).isEqualTo(expected);
        }
    }

    @Test
    void itRunsOnTheLoop() throws Exception {
        check(setup -> setup.get("/", Handler.nonBlocking(noting(Response.text("quick")))), true);
    }

    @Test
    void othersDoNot() throws Exception {
        check(setup -> setup.get("/", noting(Response.text("slow"))), false);
    }

    @Test
    void middlewareThatMayBlockTakesItAway() throws Exception {
        check(
                setup -> setup.get("/", Handler.nonBlocking(noting(Response.text("quick"))))
                        .use(next -> next::handle),
                false);
        check(
                setup -> setup.get("/", Handler.nonBlocking(noting(Response.text("quick"))))
                        .use(Middleware.nonBlocking(next -> next::handle)),
                true);
    }

    /** Also when it has arrived already, or a handler would fail for slow clients only. */
    @Test
    void itNeverReadsTheBodyOfTheRequest() throws Exception {
        try (HandlerServer server = HandlerServer.start(setup -> {
            setup.post(
                    "/",
                    Handler.nonBlocking(
                            (request, context) -> Response.text(request.body().text())));
            setup.post(
                    "/later",
                    Handler.nonBlocking((request, context) -> Response.writer(
                            "text/plain", out -> request.body().stream().transferTo(out))));
        })) {
            String rest = " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
            assertThat(server.send("POST /" + rest).status()).isEqualTo(500);
            assertThat(server.send("POST /later" + rest).body()).isEqualTo("hello");
        }
    }

    @Test
    void aBodyThatCouldWaitIsWrittenElsewhere() throws Exception {
        byte[] large = new byte[3_000_000];
        try (HandlerServer server =
                HandlerServer.start(setup -> setup.get("/", Handler.nonBlocking(noting(Response.writer("a/b", out -> {
                    body.set(Thread.currentThread());
                    out.write(large);
                })))))) {
            assertThat(server.get("/").body()).hasSize(large.length);
            assertThat(onLoop(handler.get(), server)).isTrue();
            assertThat(onLoop(body.get(), server)).isFalse();
        }
    }

    @Test
    void largeBytesAreSentByTheLoopWithoutWaiting() throws Exception {
        byte[] large = new byte[20_000_000];
        try (HandlerServer server = HandlerServer.start(
                setup -> setup.get("/", Handler.nonBlocking((request, context) -> Response.bytes(large, "a/b"))))) {
            assertThat(server.get("/").body()).hasSize(large.length);
        }
    }

    @Test
    void filesAreFine(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("a.bin"), new byte[20_000_000]);
        try (HandlerServer server = HandlerServer.start(
                setup -> setup.get("/", Handler.nonBlocking((request, context) -> Response.file(file))))) {
            assertThat(server.get("/").body()).hasSize(20_000_000);
        }
    }
}
