package dev.sluice.engine.handler;

import dev.sluice.api.Body;
import dev.sluice.api.Response;
import dev.sluice.api.StatusException;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.http.HttpExchange;
import java.nio.ByteBuffer;

/** Writes the response of an application and closes its body, whatever happens. On the thread of the request. */
final class ResponseSender {
    private static final System.Logger LOG = System.getLogger(ResponseSender.class.getName());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Call call;
    private final HttpExchange exchange;
    private final boolean head;
    private volatile dev.sluice.engine.http.Headers trailers = new dev.sluice.engine.http.Headers();

    ResponseSender(Call call) {
        this.call = call;
        this.exchange = call.exchange();
        this.head = exchange.method().equals("HEAD");
    }

    /** Whether the response can be sent without waiting, so that it may be done on the loop. */
    static boolean neverWaits(Response response) {
        Body body = response.body();
        return body instanceof Body.Empty || body instanceof Body.Bytes || body instanceof Body.Text;
    }

    /**
     * Sends the response.
     *
     * @throws Exception if the body could not be produced or sent to its end
     */
    void send(Response response) throws Exception {
        try {
            // Until the head is sent somebody else may still answer: the deadline, or the gate if the body fails.
            if (exchange.answerer() == null) {
                write(response);
            }
        } finally {
            close(response);
        }
    }

    /** The status that was sent, or 0 if none was. */
    int sentStatus() {
        return exchange.committed() ? exchange.status() : 0;
    }

    /** Closes the body of a response; what that throws does not change the answer any more. */
    void close(Response response) {
        try {
            response.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "closing the body of the response to " + call + " failed", e);
        }
    }

    private void write(Response response) throws Exception {
        if (!response.earlyHints().isEmpty()) {
            exchange.earlyHints(HeaderFields.toEngine(response.earlyHints()));
        }
        Body body = response.body();
        if (body instanceof Body.File file) {
            new FileSender(call, response, head).send(file.path());
            return;
        }
        head(response);
        if (response.status() == 204 || response.status() == 304) {
            exchange.responseHeaders().remove("Content-Length");
            exchange.end();
        } else if (body instanceof Body.Empty) {
            complete(response, NOTHING);
        } else if (body instanceof Body.Bytes bytes) {
            complete(response, ByteBuffer.wrap(bytes.content()));
        } else if (body instanceof Body.Text text) {
            complete(response, ByteBuffer.wrap(text.content().getBytes(text.charset())));
        } else if (head) {
            length(body.length());
            exchange.end();
        } else {
            length(body.length());
            stream(response);
        }
    }

    private void stream(Response response) throws Exception {
        try (ResponseStream stream = new ResponseStream(call)) {
            response.body().writeTo(stream);
            makeTrailers(response);
            stream.complete();
        } catch (StatusException e) {
            if (exchange.committed()) {
                throw e;
            }
            exchange.responseHeaders().clear();
            write(e.response());
        }
    }

    /** Status, headers and trailers, as the application gave them. */
    private void head(Response response) {
        exchange.status(response.status());
        HeaderFields.addTo(exchange.responseHeaders(), response.headers());
        if (response.trailers().isPresent() && !head && exchange.trailersSupported()) {
            exchange.responseTrailers(() -> trailers);
        }
    }

    /** They are asked for here, on the thread of the request, and sent by the loop. */
    private void makeTrailers(Response response) {
        try {
            if (response.trailers().isPresent()) {
                trailers = HeaderFields.toEngine(response.trailers().get().get());
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "no trailers for " + call + ", because they could not be made", e);
        }
    }

    private void complete(Response response, ByteBuffer content) throws Exception {
        // The length that counts is that of the content, whatever the application said.
        exchange.responseHeaders().remove("Content-Length");
        if (head) {
            length(content.remaining());
            exchange.end();
        } else {
            makeTrailers(response);
            exchange.responseBody().writeLast(content);
        }
    }

    private void length(long length) {
        if (length >= 0) {
            exchange.responseHeaders().set("Content-Length", Long.toString(length));
        }
    }
}
