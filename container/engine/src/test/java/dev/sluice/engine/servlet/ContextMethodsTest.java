package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.FilterDescriptor;
import dev.sluice.engine.descriptor.ListenerDescriptor;
import dev.sluice.engine.descriptor.ServletDescriptor;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpSessionListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences of the Javadoc of {@code ServletContext} on configuration: what may be called when, and with what. */
class ContextMethodsTest {

    /** A servlet that does nothing. */
    public static class Nothing extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    /** A filter that does nothing. */
    public static class Through implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws ServletException, java.io.IOException {
            chain.doFilter(request, response);
        }
    }

    /** A listener that does nothing. */
    public static class Quiet implements HttpSessionListener {}

    /** A context listener that does nothing. */
    public static class QuietContext implements ServletContextListener {}

    /** No listener of a context. */
    public static class OtherListener implements EventListener {}

    /** Cannot be made. */
    public static class Unmakeable extends HttpServlet implements Filter, HttpSessionListener {
        private static final long serialVersionUID = 1L;

        Unmakeable(int unused) {
            super();
        }

        @Override
        public void init(jakarta.servlet.FilterConfig config) {}

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
    }

    private record Call(String name, Inside.ContextCheck code) {}

    private static final String SERVLET = Nothing.class.getName();
    private static final String FILTER = Through.class.getName();

    /** Those that throw IllegalStateException when the context is initialised. */
    private static List<Call> beforeTheStartOnly() {
        return List.of(
                new Call("setInitParameter", context -> context.setInitParameter("x", "y")),
                new Call("addServlet by class name", context -> context.addServlet("x1", SERVLET)),
                new Call("addServlet by instance", context -> context.addServlet("x2", new Nothing())),
                new Call("addServlet by class", context -> context.addServlet("x3", Nothing.class)),
                new Call("addJspFile", context -> context.addJspFile("x4", "/x.jsp")),
                new Call("addFilter by class name", context -> context.addFilter("x5", FILTER)),
                new Call("addFilter by instance", context -> context.addFilter("x6", new Through())),
                new Call("addFilter by class", context -> context.addFilter("x7", Through.class)),
                new Call(
                        "setSessionTrackingModes",
                        context -> context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.URL))),
                new Call("addListener by class name", context -> context.addListener(Quiet.class.getName())),
                new Call("addListener by instance", context -> context.addListener(new Quiet())),
                new Call("addListener by class", context -> context.addListener(Quiet.class)),
                new Call("declareRoles", context -> context.declareRoles("r")),
                new Call("setSessionTimeout", context -> context.setSessionTimeout(5)),
                new Call("setRequestCharacterEncoding", context -> context.setRequestCharacterEncoding("UTF-8")),
                new Call(
                        "setRequestCharacterEncoding by charset",
                        context -> context.setRequestCharacterEncoding(StandardCharsets.UTF_8)),
                new Call("setResponseCharacterEncoding", context -> context.setResponseCharacterEncoding("UTF-8")),
                new Call(
                        "setResponseCharacterEncoding by charset",
                        context -> context.setResponseCharacterEncoding(StandardCharsets.UTF_8)));
    }

    /** Those that may be called at any time. */
    private static List<Call> alwaysForDeclaredListeners() {
        return List.of(
                new Call("createServlet", context -> context.createServlet(Nothing.class)),
                new Call("createFilter", context -> context.createFilter(Through.class)),
                new Call("createListener", context -> context.createListener(Quiet.class)),
                new Call("getServletRegistration", context -> context.getServletRegistration("x")),
                new Call("getServletRegistrations", context -> context.getServletRegistrations()),
                new Call("getFilterRegistration", context -> context.getFilterRegistration("x")),
                new Call("getFilterRegistrations", context -> context.getFilterRegistrations()),
                new Call("getSessionCookieConfig", context -> context.getSessionCookieConfig()));
    }

    private static Stream<Arguments> rows(List<Call> calls) {
        return calls.stream().map(call -> Arguments.of(Named.of(call.name(), call.code())));
    }

    static Stream<Arguments> configuring() {
        return rows(beforeTheStartOnly());
    }

    static Stream<Arguments> any() {
        return rows(alwaysForDeclaredListeners());
    }

    static Stream<Arguments> notForListenersThatWereAdded() {
        return Stream.concat(configuring(), any());
    }

    /** An application that has an engine for pages, of a kind. */
    private static TestWebApp.Builder withPages() {
        JspSupport pages = new JspSupport() {
            @Override
            public List<String> urlPatterns() {
                return List.of("*.jsp");
            }

            @Override
            public Servlet createServlet() {
                return new Nothing();
            }

            @Override
            public Map<String, String> initParameters(@Nullable String jspFile) {
                return Map.of();
            }

            @Override
            public void start(ServletContext context) {}
        };
        return TestWebApp.builder().environment(builder -> builder.jsp(pages));
    }

    @ParameterizedTest
    @MethodSource("configuring")
    void throwsIllegalStateAfterTheStart(Inside.ContextCheck call) {
        Inside.context(TestWebApp.builder(), context -> assertThatThrownBy(() -> call.on(context))
                .isInstanceOf(IllegalStateException.class));
    }

    @ParameterizedTest
    @MethodSource("any")
    void mayBeCalledAfterTheStart(Inside.ContextCheck call) {
        Inside.context(TestWebApp.builder(), call);
    }

    @ParameterizedTest
    @MethodSource("notForListenersThatWereAdded")
    void mayBeCalledByAnInitializer(Inside.ContextCheck call) {
        Inside.starting(withPages(), call);
    }

    @ParameterizedTest
    @MethodSource("notForListenersThatWereAdded")
    void throwsUnsupportedOperationForAListenerThatWasAdded(Inside.ContextCheck call) {
        Inside.Guard guard = new Inside.Guard();
        ServletContextListener listener = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                guard.run(() -> assertThatThrownBy(() -> call.on(event.getServletContext()))
                        .isInstanceOf(UnsupportedOperationException.class));
            }
        };
        Inside.starting(context -> context.addListener(listener));
        guard.done();
    }

    private static final ThreadLocal<Inside.ContextCheck> DECLARED = new ThreadLocal<>();

    /** Runs the check that the test has left. */
    public static final class Declared implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            try {
                DECLARED.get().on(event.getServletContext());
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** Starts the application with a declared listener that does this. */
    private static void inDeclared(Inside.ContextCheck call, TestWebApp.Builder application) {
        DECLARED.set(call);
        try (TestWebApp app = application
                .descriptor(
                        builder -> builder.listeners(List.of(new ListenerDescriptor(Declared.class.getName(), false))))
                .start()) {
            assertThat(app.get("/app/none").status()).isEqualTo(404);
        } finally {
            DECLARED.remove();
        }
    }

    @ParameterizedTest
    @MethodSource("notForListenersThatWereAdded")
    void mayBeCalledByADeclaredListener(Inside.ContextCheck call) {
        inDeclared(call, withPages());
    }

    @Test
    void aNullOrEmptyNameIsAnIllegalArgument() {
        Inside.starting(context -> {
            for (String name : new String[] {null, ""}) {
                List<Inside.Code> calls = List.of(
                        () -> context.addServlet(name, SERVLET),
                        () -> context.addServlet(name, new Nothing()),
                        () -> context.addServlet(name, Nothing.class),
                        () -> context.addJspFile(name, "/x.jsp"),
                        () -> context.addFilter(name, FILTER),
                        () -> context.addFilter(name, new Through()),
                        () -> context.addFilter(name, Through.class),
                        () -> context.declareRoles(name),
                        () -> context.declareRoles("a", name));
                assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::run)
                        .isExactlyInstanceOf(IllegalArgumentException.class));
            }
            assertThatThrownBy(() -> context.setInitParameter(null, "x")).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> context.getInitParameter(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> context.getAttribute(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> context.setAttribute(null, "x")).isInstanceOf(NullPointerException.class);
        });
    }

    @Test
    void aNameThatIsTakenIsNull() {
        Inside.starting(context -> {
            assertThat(context.addServlet("s", SERVLET)).isNotNull();
            assertThat(context.addServlet("s", SERVLET)).isNull();
            assertThat(context.addServlet("s", new Nothing())).isNull();
            assertThat(context.addServlet("s", Nothing.class)).isNull();
            assertThat(context.addJspFile("s", "/x.jsp")).isNull();
            assertThat(context.addFilter("s", FILTER)).isNotNull();
            assertThat(context.addFilter("s", FILTER)).isNull();
            assertThat(context.addFilter("s", new Through())).isNull();
            assertThat(context.addFilter("s", Through.class)).isNull();
        });
    }

    @Test
    void anInstanceIsRegisteredOnceInThisOrAnyOtherContext() {
        Nothing servlet = new Nothing();
        Through filter = new Through();
        Inside.starting(context -> {
            assertThat(context.addServlet("first", servlet)).isNotNull();
            assertThat(context.addServlet("second", servlet)).isNull();
            assertThat(context.getServletRegistration("second")).isNull();
            assertThat(context.addFilter("first", filter)).isNotNull();
            assertThat(context.addFilter("second", filter)).isNull();
            assertThat(context.getFilterRegistration("second")).isNull();
            Inside.starting(TestWebApp.builder().contextPath("/other"), other -> {
                assertThat(other.addServlet("third", servlet)).isNull();
                assertThat(other.addFilter("third", filter)).isNull();
            });
        });
    }

    @Test
    void anInstanceMayBeRegisteredAgainWhenItsApplicationHasStopped() {
        Nothing servlet = new Nothing();
        Inside.starting(
                context -> assertThat(context.addServlet("first", servlet)).isNotNull());
        Inside.starting(
                context -> assertThat(context.addServlet("first", servlet)).isNotNull());
    }

    private static ServletDescriptor withoutClass(String name, String... patterns) {
        return new ServletDescriptor(
                name, null, null, Map.of(), -1, false, true, List.of(patterns), Map.of(), null, null);
    }

    /** Servlets and filters that are declared without a class. */
    private static TestWebApp.Builder preliminary() {
        return TestWebApp.builder().descriptor(builder -> builder.servlets(
                        List.of(withoutClass("a", "/a"), withoutClass("b"), withoutClass("c")))
                .filters(List.of(
                        new FilterDescriptor("a", null, Map.of("k", "v"), false),
                        new FilterDescriptor("b", null, Map.of(), false),
                        new FilterDescriptor("c", null, Map.of(), false))));
    }

    @Test
    void aPreliminaryRegistrationIsCompleted() {
        Inside.starting(preliminary(), context -> {
            ServletRegistration before = context.getServletRegistration("a");
            assertThat(before.getClassName()).isNull();
            assertThat(context.addServlet("a", SERVLET)).isSameAs(before);
            assertThat(before.getClassName()).isEqualTo(SERVLET);
            assertThat(before.getMappings()).containsExactly("/a");
            assertThat(context.addServlet("a", SERVLET)).isNull();
            assertThat(context.addServlet("b", Nothing.class)).isNotNull();
            assertThat(context.addServlet("c", new Nothing())).isNotNull();
            FilterRegistration filter = context.getFilterRegistration("a");
            assertThat(filter.getClassName()).isNull();
            assertThat(context.addFilter("a", FILTER)).isSameAs(filter);
            assertThat(filter.getInitParameters()).containsEntry("k", "v");
            assertThat(context.addFilter("a", FILTER)).isNull();
            assertThat(context.addFilter("b", Through.class)).isNotNull();
            assertThat(context.addFilter("c", new Through())).isNotNull();
        });
    }

    @Test
    void aPreliminaryRegistrationThatStaysSoFailsTheStart() {
        assertThatThrownBy(() -> preliminary().start().close())
                .hasRootCauseInstanceOf(ServletException.class)
                .hasMessageContaining("Nothing implements the servlet a");
    }

    @Test
    void whatCannotBeMadeIsAServletException() {
        Inside.starting(context -> {
            assertThatThrownBy(() -> context.createServlet(Unmakeable.class)).isInstanceOf(ServletException.class);
            assertThatThrownBy(() -> context.createFilter(Unmakeable.class)).isInstanceOf(ServletException.class);
            assertThatThrownBy(() -> context.createListener(Unmakeable.class)).isInstanceOf(ServletException.class);
        });
    }

    @Test
    void whatIsNoListenerOfAContextIsAnIllegalArgument() {
        Inside.starting(context -> {
            assertThatThrownBy(() -> context.addListener(OtherListener.class.getName()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.addListener(new OtherListener()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.addListener(OtherListener.class))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.addListener("no.such.Listener"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.createListener(OtherListener.class))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void onlyAnInitializerAddsContextListeners() {
        Inside.starting(context -> {
            context.addListener(QuietContext.class.getName());
            context.addListener(new QuietContext());
            context.addListener(QuietContext.class);
        });
        Inside.ContextCheck refused = context -> {
            assertThatThrownBy(() -> context.addListener(QuietContext.class.getName()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.addListener(new QuietContext()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.addListener(QuietContext.class))
                    .isInstanceOf(IllegalArgumentException.class);
        };
        inDeclared(refused, TestWebApp.builder());
    }

    @Test
    void listenersAreCalledInTheOrderInWhichTheyWereAdded() {
        List<String> calls = new ArrayList<>();
        Inside.get(
                TestWebApp.builder().setup(context -> {
                    for (String name : List.of("a", "b")) {
                        context.addListener(new ServletRequestListener() {
                            @Override
                            public void requestInitialized(jakarta.servlet.ServletRequestEvent event) {
                                calls.add(name);
                            }
                        });
                    }
                }),
                (request, response) -> {});
        assertThat(calls).containsExactly("a", "b");
    }

    @Test
    void sslIsTrackedAlone() {
        Inside.starting(context -> {
            assertThatThrownBy(() -> context.setSessionTrackingModes(
                            EnumSet.of(SessionTrackingMode.SSL, SessionTrackingMode.COOKIE)))
                    .isInstanceOf(IllegalArgumentException.class);
            context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
            context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.URL));
            assertThat(context.getEffectiveSessionTrackingModes()).containsExactly(SessionTrackingMode.URL);
        });
    }

    @Test
    void setsAndMapsThatAreGivenAwayAreNotBackedByTheContext() {
        Inside.starting(TestWebApp.builder().file("/d/a.txt", "x"), context -> {
            change(context.getResourcePaths("/d/"), "/d/b.txt");
            assertThat(context.getResourcePaths("/d/")).containsExactly("/d/a.txt");
            change(context.getDefaultSessionTrackingModes(), SessionTrackingMode.SSL);
            assertThat(context.getDefaultSessionTrackingModes()).doesNotContain(SessionTrackingMode.SSL);
            change(context.getEffectiveSessionTrackingModes(), SessionTrackingMode.SSL);
            assertThat(context.getEffectiveSessionTrackingModes()).doesNotContain(SessionTrackingMode.SSL);
            context.addServlet("s", SERVLET);
            cleared(context.getServletRegistrations());
            assertThat(context.getServletRegistrations()).containsKey("s");
            context.addFilter("f", FILTER);
            cleared(context.getFilterRegistrations());
            assertThat(context.getFilterRegistrations()).containsKey("f");
        });
    }

    private static <T> void change(Set<T> set, T value) {
        try {
            set.add(value);
        } catch (UnsupportedOperationException unmodifiable) {
            assertThat(set).isNotEmpty();
        }
    }

    private static void cleared(Map<String, ?> map) {
        try {
            map.clear();
        } catch (UnsupportedOperationException unmodifiable) {
            assertThat(map).isNotEmpty();
        }
    }

    @Test
    void attributesAreToldToListenersAndNullRemoves() {
        List<String> events = new ArrayList<>();
        ServletContextAttributeListener listener = new ServletContextAttributeListener() {
            @Override
            public void attributeAdded(ServletContextAttributeEvent event) {
                events.add("added " + event.getName() + "=" + event.getValue());
            }

            @Override
            public void attributeReplaced(ServletContextAttributeEvent event) {
                events.add("replaced " + event.getName() + "=" + event.getValue());
            }

            @Override
            public void attributeRemoved(ServletContextAttributeEvent event) {
                events.add("removed " + event.getName() + "=" + event.getValue());
            }
        };
        Inside.context(TestWebApp.builder().setup(context -> context.addListener(listener)), context -> {
            context.setAttribute("a", 1);
            context.setAttribute("a", 2);
            context.setAttribute("a", null);
            assertThat(context.getAttribute("a")).isNull();
            context.removeAttribute("a");
            context.setAttribute("b", 3);
            context.removeAttribute("b");
            assertThat(context.getAttribute("b")).isNull();
        });
        assertThat(events).containsExactly("added a=1", "replaced a=1", "removed a=2", "added b=3", "removed b=3");
    }

    @Test
    void smallFacts() {
        Inside.context(
                TestWebApp.builder().file("/a.txt", "x").setup(context -> {
                    context.setSessionTimeout(7);
                    context.setRequestCharacterEncoding("UTF-16");
                    context.setResponseCharacterEncoding(StandardCharsets.US_ASCII);
                }),
                context -> {
                    assertThat(context.getSessionTimeout()).isEqualTo(7);
                    assertThat(context.getRequestCharacterEncoding()).isEqualTo("UTF-16");
                    assertThat(context.getResponseCharacterEncoding()).isEqualTo("US-ASCII");
                    assertThat(context.getServerInfo()).matches("[^/]+/[^/ ]+.*");
                    assertThat(context.getServletContextName()).isNull();
                    assertThat(context.getJspConfigDescriptor()).isNull();
                    assertThat(context.getClassLoader()).isSameAs(TestWebApp.class.getClassLoader());
                    assertThat(context.getSessionCookieConfig()).isSameAs(context.getSessionCookieConfig());
                    assertThat(context.getInitParameterNames().hasMoreElements())
                            .isFalse();
                    assertThat(context.getInitParameter("none")).isNull();
                    assertThat(context.getResourceAsStream("/none.txt")).isNull();
                    assertThat(context.getResourceAsStream("/a.txt")).hasContent("x");
                    assertThat(context.getContext("/app/deeper")).isSameAs(context);
                    assertThat(context.getContext("app")).isNull();
                    assertThat(context.getRealPath(null)).isNull();
                    assertThat(context.getAttributeNames().hasMoreElements()).isTrue();
                });
    }
}
