package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servlet 6.1, 15.5: resources are injected, PostConstruct runs before init, JNDI shows the environment entries. */
@ExtendWith(ArquillianExtension.class)
class InjectionTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(InjectionTest.class, Injected.class)
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <env-entry>
                    <env-entry-name>greeting</env-entry-name>
                    <env-entry-type>java.lang.String</env-entry-type>
                    <env-entry-value>hello</env-entry-value>
                  </env-entry>
                  <env-entry>
                    <env-entry-name>limit</env-entry-name>
                    <env-entry-type>java.lang.Integer</env-entry-type>
                    <env-entry-value>42</env-entry-value>
                    <injection-target>
                      <injection-target-class>%s</injection-target-class>
                      <injection-target-name>limit</injection-target-name>
                    </injection-target>
                  </env-entry>
                </web-app>
                """.formatted(Injected.class.getName())));
    }

    @Test
    void aResourceFieldGetsTheEnvironmentEntry(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "injected?what=greeting").body()).isEqualTo("hello");
    }

    @Test
    void anInjectionTargetOfTheDescriptorIsSet(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "injected?what=limit").body()).isEqualTo("42");
    }

    @Test
    void postConstructRunsAfterInjectionAndBeforeInit(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "injected?what=order").body()).isEqualTo("post-construct(hello) init");
    }

    @Test
    void namingShowsTheEntry(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "injected?what=jndi").body()).isEqualTo("hello");
    }

    @WebServlet("/injected")
    public static class Injected extends HttpServlet {
        @Resource(name = "greeting")
        private String greeting;

        private Integer limit;
        private String order = "";

        @PostConstruct
        void constructed() {
            order += "post-construct(" + greeting + ")";
        }

        @PreDestroy
        void beforeEnd() {
            order += " pre-destroy";
        }

        @Override
        public void init() {
            order += " init";
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print(
                            switch (request.getParameter("what")) {
                                case "greeting" -> greeting;
                                case "limit" -> String.valueOf(limit);
                                case "order" -> order;
                                default -> lookup();
                            });
        }

        private static String lookup() {
            try {
                return (String) new InitialContext().lookup("java:comp/env/greeting");
            } catch (NamingException failed) {
                return failed.toString();
            }
        }
    }
}
