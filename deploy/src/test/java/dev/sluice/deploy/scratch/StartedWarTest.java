package dev.sluice.deploy.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.check.StartedRun;
import dev.sluice.war.check.StartedRun.Leak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A WAR is started with its listeners, its pure routes are called through its servlets, and what requests leave is found. */
class StartedWarTest {
    private static final String IMPORTS = """
            package shop;
            import dev.sluice.api.*;
            import jakarta.servlet.*;
            import jakarta.servlet.annotation.*;
            import jakarta.servlet.http.*;
            import java.io.*;
            import java.nio.file.*;
            import java.util.*;
            """;
    private static final String LISTENER = """
            @WebListener
            class Start implements ServletContextListener {
                public Start() {}
                public void contextInitialized(ServletContextEvent event) {
                    Templates.of(event.getServletContext()).publish("cart", new Cart());
                }
            }
            class Cart {
                final List<String> items = new ArrayList<>();
            }
            """;

    @TempDir
    private Path directory;

    private StartedRun run(String source, List<String> pure) throws Exception {
        Path classes = Files.createDirectories(directory.resolve("app/WEB-INF/classes"));
        Path file = Files.writeString(directory.resolve("Shop.java"), IMPORTS + source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-g", "-d", classes.toString(), "--release", "17", file.toString());
        assertThat(status).isZero();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            return ScratchMain.run(
                    directory.resolve("app"), Files.createDirectory(directory.resolve("work")), List.of(), pure);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private StartedRun run(String source) throws Exception {
        return run(source, List.of());
    }

    private static String servlet(String pattern, String fields, String body) {
        return LISTENER + """
                @WebServlet("%s")
                class Page extends HttpServlet {
                    public Page() {}
                    %s
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        Cart mine = HandlerContext.of(request).fork(
                                Templates.of(getServletContext()).<Cart>template("cart", Cart.class));
                        %s
                    }
                }
                """.formatted(pattern, fields, body);
    }

    @Test
    void whatRequestsChangeInTheirForksIsNoLeak() throws Exception {
        StartedRun run = run(servlet(
                "/cart",
                "",
                "mine.items.add(request.getParameter(\"item\")); response.getWriter().print(mine.items);"));
        assertThat(run.failure()).isEmpty();
        assertThat(run.templates()).singleElement().asString().startsWith("cart (");
        assertThat(run.called()).isEqualTo(1);
        assertThat(run.leaks()).isEmpty();
    }

    @Test
    void aFieldOfAServlet() throws Exception {
        StartedRun run = run(servlet("/cart", "private String last;", "last = request.getParameter(\"item\");"));
        Leak leak = run.leaks().get(0);
        assertThat(leak.path()).isEqualTo("shop.Page.last");
        assertThat(leak.route()).isEqualTo("GET /cart");
        assertThat(leak.firstOnly()).isFalse();
    }

    @Test
    void aStaticField() throws Exception {
        StartedRun run = run(servlet(
                "/cart/*", "static final List<String> SEEN = new ArrayList<>();", "SEEN.add(request.getPathInfo());"));
        assertThat(run.leaks()).anySatisfy(leak -> {
            assertThat(leak.path()).isEqualTo("shop.Page.SEEN");
            assertThat(leak.after()).startsWith("size ");
        });
    }

    @Test
    void whatAnAttributeOfTheContextHolds() throws Exception {
        StartedRun run = run(servlet(
                "/cart",
                "public void init() { getServletContext().setAttribute(\"all\", new ArrayList<String>()); }",
                "((List<String>) getServletContext().getAttribute(\"all\")).add(request.getParameter(\"item\"));"));
        assertThat(run.leaks()).extracting(Leak::path).contains("attribute all");
    }

    @ParameterizedTest
    @CsvSource({
        "uses files, 'Files.writeString(Path.of(\"x\"), \"y\");'",
        "uses the network, 'new java.net.Socket(\"localhost\", 1).close();'",
        "uses a database, 'try { java.sql.DriverManager.getConnection(\"x\"); } catch (java.sql.SQLException e) { throw new IOException(e); }'",
        "uses other processes, 'new ProcessBuilder(\"x\").start();'",
        "cannot be followed through java.lang.Class.forName, 'try { Class.forName(\"x\"); } catch (ClassNotFoundException e) { throw new IOException(e); }'"
    })
    void aRouteThatReachesOutsideIsNotCalled(String reason, String body) throws Exception {
        StartedRun run = run(servlet("/cart", "private int calls;", "calls++; " + body));
        assertThat(run.called()).isZero();
        assertThat(run.uncalled())
                .singleElement()
                .asString()
                .startsWith("GET /cart (" + reason)
                .contains("shop.Page.doGet");
        assertThat(run.leaks()).isEmpty();
    }

    @Test
    void aFilterThatReachesOutsideKeepsAllRoutesFromBeingCalled() throws Exception {
        StartedRun run = run(servlet("/cart", "", "") + """
                @WebFilter("/*")
                class Log implements Filter {
                    public Log() {}
                    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                            throws IOException, ServletException {
                        Files.exists(Path.of("log"));
                        chain.doFilter(request, response);
                    }
                }
                """);
        assertThat(run.called()).isZero();
        assertThat(run.uncalled()).singleElement().asString().contains("uses files in shop.Log.doFilter");
    }

    @Test
    void aRouteThatIsDeclaredPureIsCalled() throws Exception {
        StartedRun run =
                run(servlet("/cart", "private int calls;", "calls++; Files.exists(Path.of(\"x\"));"), List.of("/cart"));
        assertThat(run.called()).isEqualTo(1);
        assertThat(run.leaks()).extracting(Leak::path).containsExactly("shop.Page.calls");
    }

    @Test
    void aServletThatIsForkedMayChangeItself() throws Exception {
        StartedRun run = run(servlet("/cart", "private int calls;", "calls++;")
                .replace("@WebServlet", "@ForkedPerRequest @WebServlet"));
        assertThat(run.failure()).isEmpty();
        assertThat(run.called()).isEqualTo(1);
        assertThat(run.leaks()).isEmpty();
    }

    @Test
    void withoutTemplatesNothingIsDecided() throws Exception {
        StartedRun run = run("""
                @WebServlet("/")
                class Page extends HttpServlet {
                    public Page() {}
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
                }
                """);
        assertThat(run.templates()).isEmpty();
        assertThat(run.called()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"/a/*,/a/x", "*.do,/x.do", "/,/x", "'',/", "/a/b,/a/b", "/*,/x"})
    void pathsThatPatternsMatch(String pattern, String path) {
        assertThat(StartedServlets.target(pattern, "x")).isEqualTo(path);
    }
}
