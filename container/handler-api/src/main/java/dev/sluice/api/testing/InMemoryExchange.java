package dev.sluice.api.testing;

import dev.sluice.api.Body;
import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.api.StatusException;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.api.routing.Match;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes one call from the handler to the answer, by the rules of the server. */
final class InMemoryExchange {
    private final String method;
    private final InMemoryContext context;
    private final Client client;
    private @Nullable Throwable thrown;
    private @Nullable WebSocketUpgrade upgrade;

    InMemoryExchange(String method, InMemoryContext context, long abortAfter) {
        this.method = method;
        this.context = context;
        this.client = new Client(abortAfter);
    }

    Answer run(Match match, Function<Match, InMemoryRequest> requests) {
        return answer(handle(match, requests));
    }

    @Nullable
    WebSocketUpgrade upgrade() {
        return upgrade;
    }

    private Response handle(Match match, Function<Match, InMemoryRequest> requests) {
        try {
            InMemoryRequest request = requests.apply(match);
            Response response = match.handler().handle(request, context);
            boolean asked = request.header("Upgrade")
                    .filter("websocket"::equalsIgnoreCase)
                    .isPresent();
            upgrade = response.upgrade().orElse(null);
            if (upgrade != null && !asked) {
                upgrade = null;
                response.close();
                return Response.text("Upgrade Required").withStatus(426).withHeader("Upgrade", "websocket");
            }
            return response;
        } catch (StatusException e) {
            thrown = e;
            return e.response();
        } catch (LintViolation e) {
            throw e;
        } catch (Throwable e) {
            thrown = e;
            return internalError();
        }
    }

    private static Response internalError() {
        return Response.text("Internal Server Error").withStatus(500);
    }

    Answer answer(Response response) {
        if (!response.earlyHints().isEmpty()) {
            context.earlyHints(response.earlyHints());
        }
        Headers trailers = Headers.empty();
        try (Body body = response.body()) {
            if (hasBody(response)) {
                body.writeTo(client);
                trailers = response.trailers().isPresent()
                        ? response.trailers().get().get()
                        : trailers;
            }
        } catch (LintViolation e) {
            throw e;
        } catch (Throwable e) {
            thrown = e;
        }
        Response sent = response;
        if (thrown != null && hasBody(response) && client.takeBack()) {
            sent = thrown instanceof StatusException status ? status.response() : internalError();
            client.put(sent);
        }
        if (upgrade == null) {
            context.finish(sent.status(), thrown);
        }
        return new Answer(
                sent.status(),
                headers(sent),
                client.content.toByteArray(),
                trailers,
                List.copyOf(context.hints()),
                thrown);
    }

    private boolean hasBody(Response response) {
        return !method.equals("HEAD")
                && response.status() != 204
                && response.status() != 304
                && response.upgrade().isEmpty();
    }

    private Headers headers(Response response) {
        Headers.Builder headers = response.headers().toBuilder().set("X-Request-Id", context.requestId());
        long length = response.body() instanceof Body.Text text
                ? text.content().getBytes(text.charset()).length
                : response.body().length();
        boolean counted = response.status() != 204
                && response.status() != 304
                && response.upgrade().isEmpty();
        if (counted && length >= 0 && !response.headers().contains("Content-Length")) {
            headers.set("Content-Length", Long.toString(length));
        }
        return headers.build();
    }

    /** The client's end: takes so many bytes, and then is gone. Like the server's it sends nothing before 8 KiB or a flush. */
    private final class Client extends OutputStream {
        private static final int BUFFER = 8 * 1024;

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final long limit;
        private boolean sent;

        Client(long limit) {
            this.limit = limit;
        }

        /** Whether the client has seen nothing, so that another response can be sent. */
        boolean takeBack() {
            boolean unsent = !sent && content.size() <= BUFFER && !context.cancelled();
            if (unsent) {
                content.reset();
            }
            return unsent;
        }

        void put(Response response) {
            if (response.body() instanceof Body.Text text) {
                content.writeBytes(text.content().getBytes(text.charset()));
            }
        }

        @Override
        public void flush() {
            sent = true;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int taken = (int) Math.min(length, limit - content.size());
            content.write(bytes, offset, taken);
            if (taken < length) {
                context.cancel();
                throw new IOException("the client went away after " + limit + " bytes");
            }
        }
    }
}
