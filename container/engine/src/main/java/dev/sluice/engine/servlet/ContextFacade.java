package dev.sluice.engine.servlet;

import dev.sluice.engine.http.BadRequestException;
import dev.sluice.engine.http.RequestPath;
import dev.sluice.engine.listener.Listeners;
import dev.sluice.engine.registration.ServletUnit;
import dev.sluice.engine.registration.TypeLoading;
import dev.sluice.engine.session.SessionTracking;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.descriptor.JspConfigDescriptor;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ServletContext} of an application. There is a second one over the same application for listeners that may not configure it: its
 * configuration methods throw {@code UnsupportedOperationException} (Servlet 6.1, 4.4).
 */
public final class ContextFacade implements ServletContext {
    private static final System.Logger LOG = System.getLogger("dev.sluice.application");

    private final AppContext app;
    private final boolean restricted;

    ContextFacade(AppContext app, boolean restricted) {
        this.app = app;
        this.restricted = restricted;
    }

    AppContext app() {
        return app;
    }

    private void unrestricted(String method) {
        if (restricted) {
            // Servlet 6.1, 4.4: the listener was neither declared in web.xml or a fragment nor annotated
            throw new UnsupportedOperationException(
                    method + "() from a listener that was added by the program or declared by a tag"
                            + " library (expected: a listener of web.xml, a fragment or @WebListener)");
        }
    }

    private void configurable(String method) {
        unrestricted(method);
        app.checkConfigurable(method);
    }

    @Override
    public String getContextPath() {
        return app.contextPath();
    }

    @Override
    public @Nullable ServletContext getContext(String path) {
        if (path == null || !path.startsWith("/")) {
            return null;
        }
        String decoded;
        try {
            decoded = RequestPath.ofText(path).decoded();
        } catch (BadRequestException noPath) {
            return null;
        }
        String own = app.environment().contextPath();
        ServletContext found = app.environment().contextLookup().apply(decoded);
        if (found == null && (decoded.equals(own) || decoded.startsWith(own + "/"))) {
            return this;
        }
        return found == this || found == app.facade() || app.options().crossContext() ? found : null;
    }

    @Override
    public int getMajorVersion() {
        return 6;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    @Override
    public int getEffectiveMajorVersion() {
        return versionPart(0);
    }

    @Override
    public int getEffectiveMinorVersion() {
        return versionPart(1);
    }

    private int versionPart(int index) {
        String[] parts = app.descriptor().version().split("\\.", 3);
        return index < parts.length ? Integer.parseInt(parts[index]) : 0;
    }

    @Override
    public @Nullable String getMimeType(String file) {
        return app.resources().mimeType(file);
    }

    @Override
    public @Nullable Set<String> getResourcePaths(String path) {
        return app.resources().paths(path);
    }

    @Override
    public @Nullable URL getResource(String path) throws MalformedURLException {
        return app.resources().url(path);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String path) {
        return app.resources().open(path);
    }

    @Override
    public @Nullable String getRealPath(String path) {
        return app.resources().realPath(path);
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        return path == null || !path.startsWith("/") ? null : Dispatcher.toPath(app, path);
    }

    @Override
    public @Nullable RequestDispatcher getNamedDispatcher(String name) {
        ServletUnit servlet = name == null ? null : app.registrations().servlet(name);
        return servlet == null || !servlet.enabled() ? null : Dispatcher.toServlet(app, servlet);
    }

    @Override
    public void log(String message) {
        LOG.log(System.Logger.Level.INFO, "[{0}] {1}", app.environment().name(), message);
    }

    @Override
    public void log(String message, Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, "[" + app.environment().name() + "] " + message, thrown);
    }

    @Override
    public String getServerInfo() {
        return app.options().serverInfo();
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return app.initParameters().get(Objects.requireNonNull(name, "name"));
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(app.initParameters().keySet());
    }

    @Override
    public boolean setInitParameter(String name, String value) {
        Objects.requireNonNull(name, "name");
        configurable("setInitParameter");
        return app.initParameters().putIfAbsent(name, value) == null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return app.attributes().get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return app.attributes().names();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        app.attributes().set(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        app.attributes().remove(name);
    }

    @Override
    public @Nullable String getServletContextName() {
        String name = app.descriptor().displayName();
        return name.isEmpty() ? null : name;
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String name, String className) {
        configurable("addServlet");
        return app.registrations().addServlet(name, className);
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String name, Servlet servlet) {
        configurable("addServlet");
        return app.registrations().addServlet(name, servlet);
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String name, Class<? extends Servlet> type) {
        configurable("addServlet");
        return app.registrations().addServlet(name, type);
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addJspFile(String name, String jspFile) {
        configurable("addJspFile");
        return app.registrations().addJspFile(name, jspFile);
    }

    @Override
    public <T extends Servlet> T createServlet(Class<T> type) throws ServletException {
        unrestricted("createServlet");
        return create(type);
    }

    @Override
    public @Nullable ServletRegistration getServletRegistration(String name) {
        unrestricted("getServletRegistration");
        return app.registrations().servlet(name);
    }

    @Override
    public Map<String, ? extends ServletRegistration> getServletRegistrations() {
        unrestricted("getServletRegistrations");
        return app.registrations().servlets();
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String name, String className) {
        configurable("addFilter");
        return app.registrations().addFilter(name, className);
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String name, Filter filter) {
        configurable("addFilter");
        return app.registrations().addFilter(name, filter);
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String name, Class<? extends Filter> type) {
        configurable("addFilter");
        return app.registrations().addFilter(name, type);
    }

    @Override
    public <T extends Filter> T createFilter(Class<T> type) throws ServletException {
        unrestricted("createFilter");
        return create(type);
    }

    @Override
    public @Nullable FilterRegistration getFilterRegistration(String name) {
        unrestricted("getFilterRegistration");
        return app.registrations().filter(name);
    }

    @Override
    public Map<String, ? extends FilterRegistration> getFilterRegistrations() {
        unrestricted("getFilterRegistrations");
        return app.registrations().filters();
    }

    @Override
    public SessionCookieConfig getSessionCookieConfig() {
        unrestricted("getSessionCookieConfig");
        return app.tracking().cookies();
    }

    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
        configurable("setSessionTrackingModes");
        app.tracking().modes(modes);
    }

    @Override
    public Set<SessionTrackingMode> getDefaultSessionTrackingModes() {
        return SessionTracking.DEFAULT_MODES;
    }

    @Override
    public Set<SessionTrackingMode> getEffectiveSessionTrackingModes() {
        return app.tracking().modes();
    }

    @Override
    public void addListener(String className) {
        configurable("addListener");
        Objects.requireNonNull(className, "className");
        try {
            Class<? extends EventListener> type =
                    TypeLoading.load(app.classLoader(), className, EventListener.class, "listener " + className);
            addListener(type);
        } catch (ServletException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    @Override
    public <T extends EventListener> void addListener(T listener) {
        configurable("addListener");
        Objects.requireNonNull(listener, "listener");
        checkListener(listener.getClass());
        app.startup().addListener(listener);
    }

    @Override
    public void addListener(Class<? extends EventListener> type) {
        configurable("addListener");
        checkListener(type);
        try {
            app.startup().addListener(create(type));
        } catch (ServletException failed) {
            throw new IllegalArgumentException(failed.getMessage(), failed);
        }
    }

    private void checkListener(Class<?> type) {
        if (!Listeners.supports(type)) {
            throw new IllegalArgumentException("The listener " + type.getName()
                    + " implements no listener interface that a context takes (expected: one of Servlet 6.1, 4.4.3)");
        }
        if (ServletContextListener.class.isAssignableFrom(type)
                && !app.startup().contextListenersWelcome()) {
            // Servlet 6.1, 4.4.3.1: only a ServletContainerInitializer may add a ServletContextListener
            throw new IllegalArgumentException("The ServletContextListener " + type.getName()
                    + " is added by a listener (expected: by a ServletContainerInitializer)");
        }
    }

    @Override
    public <T extends EventListener> T createListener(Class<T> type) throws ServletException {
        unrestricted("createListener");
        if (!Listeners.supports(type)) {
            throw new IllegalArgumentException("The class " + type.getName()
                    + " implements no listener interface that a context takes (expected: one of Servlet 6.1, 4.4.3)");
        }
        return create(type);
    }

    private <T> T create(Class<T> type) throws ServletException {
        try {
            return app.instances().create(type);
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "The class " + type.getName() + " cannot be instantiated: " + cause
                            + " (expected: a public class with a public constructor without parameters)",
                    cause);
        }
    }

    @Override
    public @Nullable JspConfigDescriptor getJspConfigDescriptor() {
        return JspConfigView.of(app.descriptor().jsp());
    }

    @Override
    public ClassLoader getClassLoader() {
        return app.classLoader();
    }

    @Override
    public void declareRoles(String... names) {
        configurable("declareRoles");
        for (String name : names) {
            if (name == null || name.isEmpty()) {
                throw new IllegalArgumentException(
                        "A role name is null or empty in " + Arrays.toString(names) + " (expected: names)");
            }
        }
        app.constraints().declareRoles(List.of(names));
    }

    @Override
    public String getVirtualServerName() {
        return app.environment().virtualServerName();
    }

    @Override
    public int getSessionTimeout() {
        int seconds = app.sessions().timeoutSeconds();
        return seconds <= 0 ? seconds : seconds / 60;
    }

    @Override
    public void setSessionTimeout(int minutes) {
        configurable("setSessionTimeout");
        app.sessions().timeoutSeconds((int) Math.max(-1L, Math.min(Integer.MAX_VALUE, minutes * 60L)));
    }

    @Override
    public @Nullable String getRequestCharacterEncoding() {
        return app.requestEncoding();
    }

    @Override
    public void setRequestCharacterEncoding(@Nullable String encoding) {
        configurable("setRequestCharacterEncoding");
        app.requestEncoding(encoding);
    }

    @Override
    public @Nullable String getResponseCharacterEncoding() {
        return app.responseEncoding();
    }

    @Override
    public void setResponseCharacterEncoding(@Nullable String encoding) {
        configurable("setResponseCharacterEncoding");
        app.responseEncoding(encoding);
    }

    @Override
    public String toString() {
        return "ServletContext of " + app;
    }
}
