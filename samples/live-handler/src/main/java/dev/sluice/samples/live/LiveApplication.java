package dev.sluice.samples.live;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Headers;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.api.ServerSentEvent;
import dev.sluice.api.Setup;
import dev.sluice.api.StatusException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What is not request and answer: events, a chat over WebSocket, and bodies of any size in both directions. */
public final class LiveApplication implements HandlerApplication {
    private final Room room = new Room();

    @Override
    public void start(Setup setup) {
        setup.get("/countdown/{from}", LiveApplication::countdown);
        setup.get("/chat", (request, context) -> Response.webSocket(room.visitor()));
        setup.post("/digest", LiveApplication::digest);
    }

    /** One event each tenth of a second. */
    private static Response countdown(Request request, HandlerContext context) {
        int from = number(request.parameter("from"));
        return Response.events(sink -> {
            for (int i = from; i >= 0 && !context.cancelled(); i--) {
                sink.send(
                        ServerSentEvent.of(i == 0 ? "go" : Integer.toString(i)).withId(Integer.toString(i)));
                Thread.sleep(i == 0 ? 0 : 100);
            }
        });
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StatusException(400, "The countdown starts with a number.", e);
        }
    }

    /** Sends the body back while it comes, and its digest behind it. Holds 8 KiB of it at a time. */
    private static Response digest(Request request, HandlerContext context) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        InputStream in = request.body().stream();
        return Response.writer("application/octet-stream", out -> {
                    byte[] buffer = new byte[8192];
                    for (int count; (count = in.read(buffer)) >= 0; ) {
                        digest.update(buffer, 0, count);
                        out.write(buffer, 0, count);
                    }
                })
                .withTrailers(() -> Headers.of("Digest", HexFormat.of().formatHex(digest.digest())));
    }
}
