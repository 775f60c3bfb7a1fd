package dev.sluice.engine.servlet;

import dev.sluice.api.HandlerContext;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.cookie.RequestCookies;
import dev.sluice.engine.header.AcceptLanguage;
import dev.sluice.engine.header.HttpDate;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.multipart.MultipartForm;
import dev.sluice.engine.parameter.BadRequestException;
import dev.sluice.engine.resource.FileSender;
import dev.sluice.engine.session.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import jakarta.servlet.http.PushBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request as the container hands it to an application: a thin facade over its collaborators. The same object through all dispatches, so
 * that wrappers around it stay in place; a dispatch only changes its {@link Frame}.
 */
public final class HttpRequest implements HttpServletRequest {
    private static final String HANDLER_CONTEXT = HandlerContext.class.getName();
    private static final String FILE_SENDER = FileSender.class.getName();

    private final ServletCall call;
    private final HttpExchange exchange;
    private final AppContext home;
    private final RequestAttributes attributes;
    private final RequestBodyAccess body;
    private final RequestParameters parameters = new RequestParameters(this);
    private final RequestSessions sessions;
    private final RequestParts parts = new RequestParts(this);
    private final RequestIdentity identity;
    private Frame frame;
    private boolean asyncSupported = true;
    private @Nullable String method;
    private @Nullable List<Cookie> cookies;
    private @Nullable List<Locale> locales;

    HttpRequest(ServletCall call, AppContext home, Frame frame) {
        this.call = call;
        this.exchange = call.call().exchange();
        this.home = home;
        this.frame = frame;
        this.attributes = new RequestAttributes(exchange);
        this.body = new RequestBodyAccess(exchange, call.lane(), home.requestEncoding());
        this.sessions = new RequestSessions(this, home);
        this.identity = new RequestIdentity(this);
    }

    // ---- for the engine

    Call call() {
        return call.call();
    }

    HttpExchange exchange() {
        return exchange;
    }

    HttpResponse response() {
        return call.response();
    }

    /** The application that the request is in now. */
    AppContext app() {
        return frame.context();
    }

    /** The application that the client asked for. */
    AppContext home() {
        return home;
    }

    Frame frame() {
        return frame;
    }

    void frame(Frame value) {
        frame = value;
    }

    RequestAttributes attributes() {
        return attributes;
    }

    RequestBodyAccess body() {
        return body;
    }

    RequestSessions sessions() {
        return sessions;
    }

    RequestParts parts() {
        return parts;
    }

    RequestIdentity identity() {
        return identity;
    }

    RequestParameters parameters() {
        return parameters;
    }

    void asyncSupported(boolean value) {
        asyncSupported = value;
    }

    /** Error dispatches are GET requests (Servlet 6.1, 10.9.2); null: as the client sent it. */
    void method(@Nullable String value) {
        method = value;
    }

    List<Cookie> cookies() {
        List<Cookie> known = cookies;
        if (known == null) {
            known = exchange.requestHeader("Cookie") == null ? List.of() : parsedCookies();
            cookies = known;
        }
        return known;
    }

    private List<Cookie> parsedCookies() {
        try {
            return RequestCookies.parse(
                    exchange.requestHeaders().all("Cookie"), home.options().maxCookies());
        } catch (BadRequestException refused) {
            BeyondLimits.count(exchange, refused);
            throw refused;
        }
    }

    @Nullable
    MultipartConfigElement multipartConfig() {
        return frame.servlet().multipart();
    }

    MultipartForm multipart() throws IOException, ServletException {
        return parts.form();
    }

    // ---- line, headers, connection

    @Override
    public String getMethod() {
        return method == null ? exchange.method() : method;
    }

    @Override
    public String getProtocol() {
        return exchange.protocol();
    }

    @Override
    public String getScheme() {
        return exchange.scheme();
    }

    @Override
    public boolean isSecure() {
        return exchange.secure();
    }

    @Override
    public String getServerName() {
        return Origin.host(exchange);
    }

    @Override
    public int getServerPort() {
        return exchange.hostPort();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name == null ? null : exchange.requestHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(
                name == null ? List.of() : exchange.requestHeaders().all(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(exchange.requestHeaders().names());
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value.strip());
    }

    @Override
    public long getDateHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : HttpDate.parse(name, value);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        List<Cookie> all = cookies();
        return all.isEmpty() ? null : all.toArray(Cookie[]::new);
    }

    @Override
    public Locale getLocale() {
        return locales().get(0);
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(locales());
    }

    private List<Locale> locales() {
        List<Locale> known = locales;
        if (known == null) {
            known = AcceptLanguage.parse(exchange.requestHeaders().all("Accept-Language"));
            known = known.isEmpty() ? List.of(Locale.getDefault()) : known;
            locales = known;
        }
        return known;
    }

    @Override
    public String getRemoteAddr() {
        return Addresses.address(exchange.remoteAddress());
    }

    @Override
    public String getRemoteHost() {
        return Addresses.host(exchange.remoteAddress());
    }

    @Override
    public int getRemotePort() {
        return exchange.remoteAddress().getPort();
    }

    @Override
    public String getLocalName() {
        return Addresses.host(exchange.localAddress());
    }

    @Override
    public String getLocalAddr() {
        return Addresses.address(exchange.localAddress());
    }

    @Override
    public int getLocalPort() {
        return exchange.localAddress().getPort();
    }

    @Override
    public String getRequestId() {
        return call.call().requestId();
    }

    @Override
    public String getProtocolRequestId() {
        return exchange.protocolRequestId();
    }

    @Override
    public ServletConnection getServletConnection() {
        return new ConnectionView(exchange.connection());
    }

    // ---- path

    @Override
    public String getRequestURI() {
        return frame.requestUri();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(Origin.of(exchange)).append(getRequestURI());
    }

    @Override
    public String getContextPath() {
        return frame.contextPath();
    }

    @Override
    public String getServletPath() {
        return frame.servletPath();
    }

    @Override
    public @Nullable String getPathInfo() {
        return frame.pathInfo();
    }

    @Override
    public @Nullable String getPathTranslated() {
        String info = getPathInfo();
        return info == null ? null : app().facade().getRealPath(info);
    }

    @Override
    public @Nullable String getQueryString() {
        return frame.queryString();
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return new MappingView(frame.match());
    }

    @Override
    public DispatcherType getDispatcherType() {
        return frame.type();
    }

    @Override
    public ServletContext getServletContext() {
        return app().facade();
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        return path == null ? null : Dispatcher.relative(this, path);
    }

    // ---- attributes

    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = attributes.get(name);
        if (value != null) {
            return value;
        }
        if (name.equals(HANDLER_CONTEXT)) {
            return call.handlerContext();
        }
        return name.equals(FILE_SENDER) ? call.fileSender() : null;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.names());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
            return;
        }
        Object before = attributes.put(name, value);
        AttributeEvents.set(app().listeners().requestAttribute(), this, name, before, value);
    }

    @Override
    public void removeAttribute(String name) {
        Object before = attributes.put(name, null);
        AttributeEvents.removed(app().listeners().requestAttribute(), this, name, before);
    }

    // ---- parameters and body

    @Override
    public @Nullable String getParameter(String name) {
        return parameters.get().first(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return parameters.get().names();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get().all(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters.get().toMap();
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return body.encoding();
    }

    @Override
    public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
        body.encoding(encoding, parameters.read());
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public ServletInputStream getInputStream() {
        return body.stream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return body.reader();
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        return parts.form().parts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        return parts.form().part(name);
    }

    @Override
    public Map<String, String> getTrailerFields() {
        return Trailers.of(exchange, body);
    }

    @Override
    public boolean isTrailerFieldsReady() {
        return Trailers.ready(exchange);
    }

    // ---- session

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return sessions.get(app(), create);
    }

    @Override
    public HttpSession getSession() {
        Session session = sessions.get(app(), true);
        if (session == null) {
            throw new IllegalStateException("no session was made"); // get(app, true) always makes one
        }
        return session;
    }

    @Override
    public String changeSessionId() {
        return sessions.changeId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return sessions.requested().id();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return sessions.requestedValid(app());
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return sessions.requested().source() == SessionTrackingMode.COOKIE;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return sessions.requested().source() == SessionTrackingMode.URL;
    }

    // ---- identity

    @Override
    public @Nullable String getAuthType() {
        return identity.authType();
    }

    @Override
    public @Nullable String getRemoteUser() {
        Principal principal = identity.principal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return identity.principal();
    }

    @Override
    public boolean isUserInRole(String role) {
        return identity.inRole(role);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return identity.authenticate();
    }

    @Override
    public void login(String user, String password) throws ServletException {
        identity.login(user, password);
    }

    @Override
    public void logout() throws ServletException {
        identity.logout();
    }

    // ---- asynchronous mode, upgrade, push

    @Override
    public AsyncContext startAsync() {
        return call.async().start(this, response(), false);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return call.async().start(request, response, true);
    }

    @Override
    public boolean isAsyncStarted() {
        return call.asyncStarted();
    }

    @Override
    public boolean isAsyncSupported() {
        return asyncSupported;
    }

    @Override
    public AsyncContext getAsyncContext() {
        if (!call.asyncStarted()) {
            throw new IllegalStateException(
                    "getAsyncContext() of a request that is not in asynchronous mode (expected: after startAsync())");
        }
        return call.async();
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws ServletException {
        return call.upgrade(type);
    }

    @Override
    public @Nullable PushBuilder newPushBuilder() {
        return exchange.pushable() ? new PushPromise(this) : null;
    }

    @Override
    public String toString() {
        return exchange + " [" + call.call().requestId() + "]";
    }
}
