package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.JspDescriptor;
import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.User;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every object that applications get can be used by reflection through its own class, as frameworks do:
 * {@code object.getClass().getMethod("getRealPath", String.class).invoke(object, "/")}. The walk calls everything that gives out an object and takes
 * none, from the objects of a request on, and looks at each class that it meets.
 */
class AccessibleClassesTest {
    /** What changes the state that the walk needs. */
    private static final Set<String> NOT_CALLED =
            Set.of("startAsync", "getReader", "getInputStream", "getOutputStream", "getWriter", "changeSessionId");

    private final Map<Object, Boolean> seen = new IdentityHashMap<>();
    private final Set<String> classes = new TreeSet<>();
    private final Set<String> closed = new TreeSet<>();

    /** Notes an object and what can be reached from it. */
    private void walk(@Nullable Object object) {
        if (object == null || seen.put(object, true) != null) {
            return;
        }
        if (object instanceof Iterable<?> all) {
            all.forEach(this::walk);
        } else if (object instanceof Map<?, ?> map) {
            map.values().forEach(this::walk);
        } else if (object instanceof Object[] array) {
            for (Object one : array) {
                walk(one);
            }
        } else if (object instanceof Enumeration<?> all) {
            Collections.list(all).forEach(this::walk);
        }
        Class<?> type = object.getClass();
        if (!type.getName().startsWith("dev.sluice.engine.") || type.getName().contains("AccessibleClassesTest")) {
            return;
        }
        classes.add(type.getName());
        for (Class<?> api : interfaces(type)) {
            for (Method declared : api.getMethods()) {
                if (!Modifier.isStatic(declared.getModifiers())) {
                    call(object, declared);
                }
            }
        }
    }

    private static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().startsWith("jakarta.")) {
                all.add(at);
            }
            for (Class<?> direct : at.getInterfaces()) {
                all.add(direct);
            }
        }
        all.removeIf(found ->
                !found.getName().startsWith("jakarta.") && !found.getName().startsWith("dev.sluice.api."));
        return all;
    }

    private void call(Object object, Method declared) {
        try {
            Method method = object.getClass().getMethod(declared.getName(), declared.getParameterTypes());
            if (!isPublic(method.getDeclaringClass())) {
                closed.add(method.getDeclaringClass().getName());
            } else if (method.getParameterCount() == 0
                    && !method.getReturnType().isPrimitive()
                    && !(object instanceof Closeable)
                    && !NOT_CALLED.contains(method.getName())) {
                walk(method.invoke(object));
            }
        } catch (InvocationTargetException refused) {
            // the object says no in this state; its class can be called
        } catch (ReflectiveOperationException impossible) {
            closed.add(object.getClass().getName() + ": " + impossible);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }

    private final class Walker implements Filter {
        @Override
        public void init(FilterConfig config) {
            walk(config);
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            walk(chain);
            chain.doFilter(request, response);
        }
    }

    private void request(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ServletContext context = request.getServletContext();
        walk(request);
        walk(response);
        walk(request.getSession());
        walk(request.getSession().getAccessor());
        walk(request.getUserPrincipal());
        walk(request.getRequestDispatcher("/x"));
        walk(context.getNamedDispatcher("default"));
        walk(context.getRequestDispatcher("/x"));
        walk(request.getParts());
        walk(request.getPart("a").getInputStream());
        walk(response.getWriter());
        for (String name : Collections.list(context.getAttributeNames())) {
            walk(context.getAttribute(name));
        }
        AsyncContext async = request.startAsync();
        walk(async);
        async.complete();
    }

    private TestWebApp app() {
        return TestWebApp.builder()
                .descriptor(builder -> builder.login(new LoginDescriptor("BASIC", "test", null, null))
                        .jsp(new JspDescriptor(List.of(), Map.of("http://example.com/tags", "/WEB-INF/tags.tld"))))
                .environment(builder -> builder.logins(Logins.of(REALM, InstantSource.system())))
                .filter("/walk", new Walker(), DispatcherType.REQUEST)
                .setup(this::configure)
                .servlet("/stream", (request, response) -> {
                    walk(request.getInputStream());
                    walk(response.getOutputStream());
                    walk(request.newPushBuilder());
                })
                .servlet("/upgrade", (request, response) -> request.upgrade(Upgraded.class))
                .start();
    }

    private void configure(ServletContext context) {
        walk(context);
        ServletRegistration.Dynamic servlet = context.addServlet("walk", new WalkServlet());
        servlet.addMapping("/walk");
        servlet.setAsyncSupported(true);
        servlet.setMultipartConfig(new MultipartConfigElement(""));
        walk(servlet);
        FilterRegistration.Dynamic filter = context.addFilter("other", new Walker());
        walk(filter);
    }

    private final class WalkServlet extends jakarta.servlet.http.HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        public void init(ServletConfig config) {
            walk(config);
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.login("ann", "secret");
            request(request, response);
        }
    }

    private static final Realm REALM = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return User.of(name, Set.of());
        }
    };

    /** Gives the test its connection. */
    public static final class Upgraded implements HttpUpgradeHandler {
        private static final CompletableFuture<WebConnection> CONNECTION = new CompletableFuture<>();

        @Override
        public void init(WebConnection connection) {
            CONNECTION.complete(connection);
        }

        @Override
        public void destroy() {}
    }

    @Test
    void everyClassIsPublic() throws Exception {
        try (TestWebApp app = app()) {
            String body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n";
            RawResponse answer = app.send("POST /app/walk HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\nContent-Type:"
                    + " multipart/form-data; boundary=b\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(app.get("/app/stream").status()).isEqualTo(200);
            try (RawClient client = new RawClient(app.engine().address())) {
                client.send(
                        "GET /app/upgrade HTTP/1.1\r\nHost: localhost\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
                assertThat(client.response().status()).isEqualTo(101);
                WebConnection connection = Upgraded.CONNECTION.get(60, TimeUnit.SECONDS);
                walk(connection);
                walk(connection.getInputStream());
                walk(connection.getOutputStream());
            }
        }

        assertThat(closed).as("classes that reflection cannot call").isEmpty();
        assertThat(new ArrayList<>(classes))
                .extracting(name -> name.substring(name.lastIndexOf('.') + 1))
                .contains(
                        "AsyncView",
                        "Chain",
                        "ConnectionView",
                        "ContextFacade",
                        "Dispatcher",
                        "FilterUnit",
                        "FormPart",
                        "HttpRequest",
                        "HttpResponse",
                        "JspConfigView",
                        "JspConfigView$Taglib",
                        "MappingView",
                        "RequestInput",
                        "ResponseOutput",
                        "ServletUnit",
                        "Session",
                        "Session$BoundAccessor",
                        "SessionCookies",
                        "UpgradeView");
    }

    @Test
    void aContextIsCalledThroughItsClass() throws Exception {
        try (TestWebApp app = TestWebApp.builder().file("/a.txt", "x").start()) {
            ServletContext context = app.application().servletContext();
            Object path = context.getClass().getMethod("getContextPath").invoke(context);
            assertThat(path).isEqualTo("/app");
        }
    }
}
