package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.ListenerDescriptor;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpSessionListener;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a context gives away and what it refuses (Servlet 6.1, 4). */
class ContextTest {

    /** A servlet that does nothing. */
    public static final class Nothing extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    private static void inContext(TestWebApp.Builder builder, Check check) {
        Throwable[] failed = new Throwable[1];
        try (TestWebApp app = builder.servlet("/check", (request, response) -> {
                    try {
                        check.on(request.getServletContext());
                    } catch (Throwable thrown) {
                        failed[0] = thrown;
                    }
                })
                .start()) {
            app.get("/app/check");
        }
        assertThat(failed[0]).isNull();
    }

    private interface Check {
        void on(ServletContext context) throws Exception;
    }

    @Test
    void resources() {
        inContext(TestWebApp.builder().file("/WEB-INF/a.txt", "x").file("/dir/b.html", "y"), context -> {
            assertThat(context.getResource("/WEB-INF/a.txt")).isNotNull();
            assertThat(context.getResource("/none")).isNull();
            assertThatThrownBy(() -> context.getResource("dir/b.html")).isInstanceOf(MalformedURLException.class);
            assertThat(context.getResourcePaths("/")).containsExactlyInAnyOrder("/WEB-INF/", "/dir/");
            assertThat(context.getResourcePaths("/none/")).isNull();
            assertThat(context.getMimeType("b.html")).isEqualTo("text/html");
            assertThat(context.getMimeType("b.unknownthing")).isNull();
        });
    }

    @Test
    void dispatchers() {
        inContext(TestWebApp.builder(), context -> {
            assertThat(context.getRequestDispatcher("no-slash")).isNull();
            assertThat(context.getRequestDispatcher("/../up")).isNull();
            assertThat(context.getRequestDispatcher("/x")).isNotNull();
            assertThat(context.getNamedDispatcher("none")).isNull();
            assertThat(context.getNamedDispatcher("default")).isNotNull();
        });
    }

    @Test
    void facts() {
        inContext(
                TestWebApp.builder()
                        .descriptor(builder -> builder.version("5.0").displayName("Shop")),
                context -> {
                    assertThat(context.getMajorVersion()).isEqualTo(6);
                    assertThat(context.getMinorVersion()).isEqualTo(1);
                    assertThat(context.getEffectiveMajorVersion()).isEqualTo(5);
                    assertThat(context.getEffectiveMinorVersion()).isZero();
                    assertThat(context.getServletContextName()).isEqualTo("Shop");
                    assertThat(context.getAttribute(ServletContext.TEMPDIR)).isInstanceOf(java.io.File.class);
                    assertThat(context.getContextPath()).isEqualTo("/app");
                    assertThat(context.getVirtualServerName()).isEqualTo("localhost");
                });
    }

    @Test
    void initParametersAndWhatIsTooLate() {
        inContext(
                TestWebApp.builder()
                        .descriptor(builder -> builder.contextParameters(Map.of("a", "1")))
                        .setup(context -> {
                            assertThat(context.setInitParameter("a", "2")).isFalse();
                            assertThat(context.setInitParameter("b", "3")).isTrue();
                        }),
                context -> {
                    assertThat(context.getInitParameter("a")).isEqualTo("1");
                    assertThat(context.getInitParameter("b")).isEqualTo("3");
                    assertThatThrownBy(() -> context.setInitParameter("c", "4"))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> context.addServlet("late", new Nothing()))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> context.getInitParameter(null)).isInstanceOf(NullPointerException.class);
                });
    }

    @Test
    void registrations() {
        inContext(
                TestWebApp.builder().setup(context -> {
                    ServletRegistration.Dynamic first = context.addServlet("first", Nothing.class);
                    assertThat(first.addMapping("/a", "/b/*")).isEmpty();
                    assertThat(context.addServlet("first", Nothing.class)).isNull();
                    ServletRegistration.Dynamic second = context.addServlet("second", new Nothing());
                    assertThat(second.addMapping("/a", "/c")).containsExactly("/a");
                    assertThat(second.getMappings()).isEmpty();
                    assertThatThrownBy(() -> context.addServlet("", Nothing.class))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> first.setInitParameter("x", null))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThat(first.setInitParameter("x", "1")).isTrue();
                    assertThat(first.setInitParameters(Map.of("x", "2", "y", "3")))
                            .containsExactly("x");
                    assertThat(first.getInitParameters()).isEqualTo(Map.of("x", "1"));
                }),
                context -> {
                    assertThat(context.getServletRegistration("first").getMappings())
                            .containsExactly("/a", "/b/*");
                    assertThat(context.getServletRegistrations()).containsKeys("first", "second", "default");
                });
    }

    @Test
    void aListenerThatAnInitializerAddedMayNotConfigure() {
        Throwable[] thrown = new Throwable[2];
        ServletContextListener listener = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                thrown[0] = failure(() -> event.getServletContext().addServlet("x", Nothing.class));
                thrown[1] = failure(() -> event.getServletContext().getSessionCookieConfig());
            }
        };
        inContext(TestWebApp.builder().setup(context -> context.addListener(listener)), context -> {});
        assertThat(thrown).allSatisfy(each -> assertThat(each).isInstanceOf(UnsupportedOperationException.class));
    }

    private static Throwable failure(Runnable code) {
        try {
            code.run();
            return new AssertionError("nothing was thrown");
        } catch (RuntimeException thrown) {
            return thrown;
        }
    }

    /** A declared listener: may configure, but not add a context listener. */
    public static final class Declared implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            context.addServlet("fromListener", Nothing.class);
            context.addListener(new HttpSessionListener() {});
            context.setAttribute("refused", failure(() -> context.addListener(new Declared())));
        }
    }

    @Test
    void aDeclaredListenerMayConfigure() {
        inContext(
                TestWebApp.builder()
                        .descriptor(builder ->
                                builder.listeners(List.of(new ListenerDescriptor(Declared.class.getName(), false)))),
                context -> {
                    assertThat(context.getServletRegistration("fromListener")).isNotNull();
                    assertThat(context.getAttribute("refused")).isInstanceOf(IllegalArgumentException.class);
                });
    }
}
