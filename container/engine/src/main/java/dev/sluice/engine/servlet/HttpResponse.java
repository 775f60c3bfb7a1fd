package dev.sluice.engine.servlet;

import dev.sluice.engine.cookie.SetCookie;
import dev.sluice.engine.header.HttpDate;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.session.SessionTracking.RequestOrigin;
import dev.sluice.engine.stream.ByteSink;
import dev.sluice.engine.stream.ResponseOutput;
import dev.sluice.engine.stream.ResponseWriters;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the container hands it to an application: a thin facade over the exchange's head, its content headers and its stream.
 * While it is included, what would change the head has no effect (Servlet 6.1, 9.3).
 */
public final class HttpResponse implements HttpServletResponse {
    private final ServletCall call;
    private final HttpExchange exchange;
    private final ResponseCommit head;
    private final ResponseOutput output;
    private final ContentHeaders content;
    private @Nullable PrintWriter writer;
    private boolean streamUsed;
    private int includes;
    private boolean finishedByRedirect;
    private boolean upgradeCommitted;
    private @Nullable SentError error;

    /** What {@code sendError} asked for; the container answers it when the application's code has returned. */
    record SentError(int status, @Nullable String message) {}

    HttpResponse(ServletCall call, AppContext app) {
        this.call = call;
        this.exchange = call.call().exchange();
        this.head = new ResponseCommit(exchange);
        this.output = new ResponseOutput(
                ByteSink.of(exchange.responseBody()), app.options().bufferSize(), head, call.lane());
        this.content = new ContentHeaders(exchange.responseHeaders(), app);
        if (exchange.method().equals("HEAD")) {
            output.discard();
        }
    }

    // ---- for the engine

    ResponseOutput output() {
        return output;
    }

    void beginInclude() {
        includes++;
    }

    void endInclude() {
        includes--;
    }

    /** What {@code sendError} asked for and was not answered yet, or null. */
    @Nullable
    SentError pendingError() {
        return error;
    }

    /** Begins the answer to an error: an empty, open response with a status. Not for a committed response. */
    void beginError(int status) {
        error = null;
        finishedByRedirect = false;
        upgradeCommitted = false;
        call.cancelUpgrade();
        includes = 0;
        output.suspend(false);
        clearContent();
        exchange.status(status);
    }

    private void clearContent() {
        output.resetBuffer();
        output.limit(-1);
        writer = null;
        streamUsed = false;
        Headers headers = exchange.responseHeaders();
        headers.remove("Content-Length");
        headers.remove("Content-Type");
        headers.remove("Content-Encoding");
        headers.remove("Content-Language");
        content.reset();
    }

    /** The application is done with it: everything goes out. */
    void finish() throws IOException {
        includes = 0;
        output.finish();
    }

    /** Commits and closes the content, as at the end of a forward; what is written later is dropped. */
    void closeContent() throws IOException {
        if (!finishedByRedirect) {
            output.close(); // the writer keeps nothing back
        }
    }

    private boolean headClosed() {
        return includes > 0 || isCommitted();
    }

    // ---- status and errors

    @Override
    public int getStatus() {
        return exchange.status();
    }

    @Override
    public void setStatus(int status) {
        if (!headClosed()) {
            exchange.status(status);
        }
    }

    @Override
    public void sendError(int status) {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) {
        if (includes > 0) {
            return;
        }
        requireUncommitted("sendError(" + status + ")");
        output.resetBuffer();
        output.suspend(true);
        exchange.status(status);
        error = new SentError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (includes > 0) {
            return;
        }
        requireUncommitted("sendRedirect");
        String absolute = Redirects.absolute(location, call.request());
        exchange.status(status);
        exchange.responseHeaders().set("Location", absolute);
        if (clearBuffer) {
            clearContent();
            setContentType("text/html;charset=UTF-8");
            output.write(Redirects.note(absolute));
        }
        finishedByRedirect = true;
        output.suspend(true);
    }

    private void requireUncommitted(String method) {
        if (isCommitted()) {
            throw new IllegalStateException(method + " after the response was committed (expected: before)");
        }
    }

    // ---- headers

    @Override
    public void addCookie(Cookie cookie) {
        if (!headClosed() && cookie != null) {
            exchange.responseHeaders()
                    .add(
                            "Set-Cookie",
                            SetCookie.render(
                                    cookie, call.context().environment().clock()));
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return name != null && exchange.responseHeaders().contains(name);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (name == null || headClosed()) {
            return;
        }
        if (special(name, value)) {
            return;
        }
        if (value == null) {
            exchange.responseHeaders().remove(name);
        } else {
            exchange.responseHeaders().set(name, oneLine(value));
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (name == null || value == null || headClosed()) {
            return;
        }
        if (!special(name, value)) {
            exchange.responseHeaders().add(name, oneLine(value));
        }
    }

    /** Headers with a state of their own. */
    private boolean special(String name, @Nullable String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            content.contentType(value);
            return true;
        }
        if (name.equalsIgnoreCase("Content-Length")) {
            setContentLengthLong(value == null ? -1 : Long.parseLong(value.strip()));
            return true;
        }
        return false;
    }

    /** Line breaks would end the header: they become blanks, as HTTP reads a folded line. */
    private static String oneLine(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : value.replaceAll("[\\r\\n]+", " ");
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, HttpDate.format(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, HttpDate.format(date));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name == null ? null : exchange.responseHeaders().first(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return name == null
                ? new ArrayList<>()
                : new ArrayList<>(exchange.responseHeaders().all(name));
    }

    @Override
    public Collection<String> getHeaderNames() {
        return new ArrayList<>(exchange.responseHeaders().names());
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        requireUncommitted("setTrailerFields");
        if (!exchange.trailersSupported()) {
            throw new IllegalStateException(
                    "setTrailerFields on " + exchange.protocol() + " (expected: HTTP/1.1 or HTTP/2)");
        }
        if (exchange.protocol().equals("HTTP/1.1") && exchange.responseHeaders().contains("Content-Length")) {
            throw new IllegalStateException(
                    "setTrailerFields of a response with a Content-Length (expected: none, as only a chunked body has"
                            + " trailers)");
        }
        head.trailers(supplier);
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return head.trailers();
    }

    // ---- content

    @Override
    public String getCharacterEncoding() {
        return content.encoding();
    }

    @Override
    public void setCharacterEncoding(@Nullable String encoding) {
        if (!headClosed()) {
            content.encoding(encoding);
        }
    }

    @Override
    public void setCharacterEncoding(@Nullable Charset encoding) {
        setCharacterEncoding(encoding == null ? null : encoding.name());
    }

    @Override
    public @Nullable String getContentType() {
        return content.contentType();
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (!headClosed()) {
            content.contentType(type);
        }
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        if (!headClosed()) {
            content.locale(locale);
        }
    }

    @Override
    public Locale getLocale() {
        return content.locale();
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        // The default servlet tells the size of its file, which is not that of a body that a filter has begun already.
        boolean begun = output.written() > 0 && call.request().frame().servlet().containerProvided();
        if (headClosed() || begun) {
            return;
        }
        if (length < 0) {
            exchange.responseHeaders().remove("Content-Length");
        } else {
            exchange.responseHeaders().set("Content-Length", Long.toString(length));
        }
        output.limit(length);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException(
                    "getOutputStream() after getWriter() (expected: one of the two for a response)");
        }
        streamUsed = true;
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (streamUsed) {
            throw new IllegalStateException(
                    "getWriter() after getOutputStream() (expected: one of the two for a response)");
        }
        PrintWriter made = writer;
        if (made == null) {
            Charset charset = charset(content.encoding());
            content.freezeEncoding();
            made = ResponseWriters.over(output, charset);
            writer = made;
        }
        return made;
    }

    private static Charset charset(String name) throws UnsupportedEncodingException {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            UnsupportedEncodingException failure = new UnsupportedEncodingException("The character encoding \"" + name
                    + "\" is not known (expected: a charset of this Java, as UTF-8)");
            failure.initCause(unknown);
            throw failure;
        }
    }

    // ---- buffer

    @Override
    public void setBufferSize(int size) {
        requireUncommitted("setBufferSize(" + size + ")");
        output.bufferSize(size);
    }

    @Override
    public int getBufferSize() {
        return output.bufferSize();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (call.upgrading()) {
            // The head goes out with the connection, when the application's code has returned.
            upgradeCommitted = true;
            return;
        }
        output.flush();
    }

    @Override
    public void resetBuffer() {
        requireUncommitted("resetBuffer()");
        output.resetBuffer();
    }

    @Override
    public boolean isCommitted() {
        return output.committed() || upgradeCommitted || error != null || finishedByRedirect || exchange.committed();
    }

    @Override
    public void reset() {
        requireUncommitted("reset()");
        if (includes > 0) {
            return;
        }
        exchange.responseHeaders().clear();
        exchange.status(SC_OK);
        clearContent();
    }

    // ---- sessions in URLs

    @Override
    public String encodeURL(String url) {
        return encode(url);
    }

    @Override
    public String encodeRedirectURL(String url) {
        return encode(url);
    }

    private String encode(String url) {
        HttpRequest request = call.request();
        AppContext app = request.app();
        if (url == null || !app.tracking().modes().contains(SessionTrackingMode.URL)) {
            return url;
        }
        boolean known = request.sessions().requested().id() != null
                && request.sessions().requestedValid(app);
        return Objects.requireNonNull(app.tracking()
                .encode(
                        url,
                        request.sessions().currentId(app),
                        known ? request.sessions().requested().source() : null,
                        new RequestOrigin(
                                exchange.scheme(),
                                Origin.host(exchange),
                                exchange.hostPort(),
                                request.getRequestURI(),
                                exchange.prefix())));
    }
}
