package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Servlet 6.1, 11.3 and 15.5.3: what is called when an application starts and when it is undeployed, in order. Components
 * write into a file that outlives the application.
 */
@ExtendWith(ArquillianExtension.class)
class LifeCycleCallbacksTest {
    private static final Path LOG = Path.of(
            System.getProperty("java.io.tmpdir"),
            "sluice-callbacks-" + ProcessHandle.current().pid());

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "callbacks", managed = false, testable = false)
    static WebArchive archive() {
        return Wire.war(
                        LifeCycleCallbacksTest.class,
                        Log.class,
                        Started.class,
                        Passed.class,
                        Parent.class,
                        Served.class)
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <env-entry>
                    <env-entry-name>log</env-entry-name>
                    <env-entry-type>java.lang.String</env-entry-type>
                    <env-entry-value>%s</env-entry-value>
                  </env-entry>
                </web-app>
                """.formatted(LOG)));
    }

    @AfterEach
    void clean() throws IOException {
        Files.deleteIfExists(LOG);
    }

    @BeforeEach
    void deploy() throws IOException {
        Files.deleteIfExists(LOG);
        deployer.deploy("callbacks");
    }

    @Test
    void everyComponentIsCalledOnceInOrder(@ArquillianResource @OperateOnDeployment("callbacks") URL base)
            throws Exception {
        assertThat(Wire.get(base, "served").body()).isEqualTo("served");
        assertThat(lines())
                .containsExactly(
                        "listener constructed",
                        "context initialized",
                        "filter constructed",
                        "filter init",
                        "servlet superclass constructed",
                        "servlet constructed",
                        "servlet init");

        deployer.undeploy("callbacks");

        await().atMost(Duration.ofSeconds(30)).until(() -> lines().contains("listener before end"));
        List<String> ended = lines().subList(7, lines().size());
        assertThat(ended).hasSize(7);
        assertThat(ended)
                .containsSubsequence(
                        "servlet destroy", "servlet before end", "servlet superclass before end", "context destroyed");
        assertThat(ended).containsSubsequence("filter destroy", "filter before end", "context destroyed");
        assertThat(ended.get(6)).isEqualTo("listener before end");
    }

    private static List<String> lines() throws IOException {
        return Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
    }

    /** The file that components write into. */
    static final class Log {
        private Log() {}

        static void write(String log, String line) {
            try {
                Files.writeString(Path.of(log), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @WebListener
    public static class Started implements ServletContextListener {
        @Resource(name = "log")
        private String log;

        @PostConstruct
        void constructed() {
            Log.write(log, "listener constructed");
        }

        @Override
        public void contextInitialized(ServletContextEvent event) {
            Log.write(log, "context initialized");
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            Log.write(log, "context destroyed");
        }

        @PreDestroy
        void beforeEnd() {
            Log.write(log, "listener before end");
        }
    }

    @WebFilter("/*")
    public static class Passed implements Filter {
        @Resource(name = "log")
        private String log;

        @PostConstruct
        void constructed() {
            Log.write(log, "filter constructed");
        }

        @Override
        public void init(FilterConfig config) {
            Log.write(log, "filter init");
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }

        @Override
        public void destroy() {
            Log.write(log, "filter destroy");
        }

        @PreDestroy
        void beforeEnd() {
            Log.write(log, "filter before end");
        }
    }

    /** Its callbacks come before those of subclasses at the start, and after them at the end. */
    public abstract static class Parent extends HttpServlet {
        @Resource(name = "log")
        protected String log;

        @PostConstruct
        void parentConstructed() {
            Log.write(log, "servlet superclass constructed");
        }

        @PreDestroy
        void parentBeforeEnd() {
            Log.write(log, "servlet superclass before end");
        }
    }

    @WebServlet("/served")
    public static class Served extends Parent {
        @PostConstruct
        void constructed() {
            Log.write(log, "servlet constructed");
        }

        @Override
        public void init() {
            Log.write(log, "servlet init");
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("served");
        }

        @Override
        public void destroy() {
            Log.write(log, "servlet destroy");
        }

        @PreDestroy
        void beforeEnd() {
            Log.write(log, "servlet before end");
        }
    }
}
