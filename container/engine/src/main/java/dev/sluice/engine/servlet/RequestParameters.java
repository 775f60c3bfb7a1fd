package dev.sluice.engine.servlet;

import dev.sluice.engine.header.ContentType;
import dev.sluice.engine.multipart.MultipartForm;
import dev.sluice.engine.parameter.ParameterParser;
import dev.sluice.engine.parameter.Parameters;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, read when they are first asked for: the query's, then the form's (Servlet 6.1, 3.1); in front of them those of
 * the dispatches that the request is in (9.1.1). One thread at a time.
 */
final class RequestParameters {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpRequest request;
    private @Nullable Parameters sent;
    private @Nullable RuntimeException failure;
    private @Nullable Parameters current;
    private @Nullable Frame currentFrame;
    private @Nullable String query;
    private boolean replaced;
    private boolean fieldsAdded;

    RequestParameters(HttpRequest request) {
        this.request = request;
    }

    /** True once they have been read: the character encoding cannot change any more. */
    boolean read() {
        return sent != null;
    }

    /** Another request with this query has taken the place of the one that was read. */
    void forget(@Nullable String newQuery) {
        query = newQuery;
        replaced = true;
        fieldsAdded = false;
        sent = null;
        failure = null;
        current = null;
        currentFrame = null;
    }

    /** The parameters as the request's frame sees them. */
    Parameters get() {
        Frame frame = request.frame();
        Parameters known = current;
        if (known != null && currentFrame == frame) {
            return known;
        }
        Parameters result = withDispatches(frame);
        current = result;
        currentFrame = frame;
        return result;
    }

    private Parameters withDispatches(Frame frame) {
        Parameters below = frame.outer() == null ? sent() : withDispatches(frame.outer());
        if (frame.dispatchQuery() == null) {
            return below;
        }
        Parameters own = parser().newParameters();
        parser().text(frame.dispatchQuery(), request.body().charsetOr(StandardCharsets.UTF_8), own);
        return below.behind(own);
    }

    private Parameters sent() {
        if (failure != null) {
            throw failure;
        }
        Parameters known = sent;
        if (known == null) {
            known = parser().newParameters();
            sent = known;
            try {
                read(known);
            } catch (RuntimeException unreadable) {
                // Servlet 6.1, getParameter: a request that cannot be parsed throws, each time
                failure = unreadable;
                BeyondLimits.count(request.exchange(), unreadable);
                throw unreadable;
            }
        }
        return known;
    }

    private void read(Parameters into) {
        // The client's, whatever the request has been dispatched to meanwhile.
        String sentQuery = replaced ? query : request.exchange().queryString();
        if (sentQuery != null) {
            parser().query(sentQuery, StandardCharsets.UTF_8, into);
        }
        if (request.body().used()) {
            return;
        }
        String header = request.exchange().requestHeader("Content-Type");
        if (header == null) {
            return;
        }
        ContentType type = ContentType.parse(header);
        try {
            if (type.mediaType().equals(FORM) && request.getMethod().equals("POST")) {
                parser().form(request.body().raw(), request.getContentLengthLong(), charset(), into);
            } else if (type.mediaType().equals("multipart/form-data") && request.multipartConfig() != null) {
                addFields(request.multipart());
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "The parameters of " + request + " cannot be read: " + unreadable, unreadable);
        } catch (ServletException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds the fields of a form, once, if the parameters have been asked for. */
    void addFields(MultipartForm form) throws IOException {
        Parameters known = sent;
        if (known != null && !fieldsAdded) {
            fieldsAdded = true;
            current = null;
            form.addTo(known, request.body().charsetOr(StandardCharsets.UTF_8));
        }
    }

    // Servlet 6.1, 3.12 asks for ISO-8859-1, the declared or configured encoding apart
    private Charset charset() {
        return request.body().charsetOr(StandardCharsets.ISO_8859_1);
    }

    private ParameterParser parser() {
        return request.app().parameterParser();
    }
}
