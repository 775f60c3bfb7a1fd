package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1, 14.4.12 and 15.5.5: {@code java:comp/env} with entries of all types, and resources of the server's configuration. */
@ExtendWith(ArquillianExtension.class)
class NamingTest {

    @Deployment(testable = false)
    static WebArchive archive() throws Exception {
        File h2 = new File(Class.forName("org.h2.Driver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Wire.war(NamingTest.class, Naming.class)
                .addAsLibraries(h2)
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                """ + entry("text", "java.lang.String", "a b")
                        + entry("flag", "java.lang.Boolean", "TRUE")
                        + entry("letter", "java.lang.Character", "x")
                        + entry("limits/small", "java.lang.Byte", "-128")
                        + entry("limits/large", "java.lang.Long", "9223372036854775807")
                        + entry("ratio", "java.lang.Double", "0.5")
                        + entry("type", "java.lang.Class", "java.util.List") + """
                  <resource-ref>
                    <res-ref-name>jdbc/shop</res-ref-name>
                    <res-type>javax.sql.DataSource</res-type>
                    <res-auth>Container</res-auth>
                  </resource-ref>
                  <resource-ref>
                    <res-ref-name>jdbc/alias</res-ref-name>
                    <res-type>javax.sql.DataSource</res-type>
                    <lookup-name>java:comp/env/jdbc/shop</lookup-name>
                  </resource-ref>
                  <resource-env-ref>
                    <resource-env-ref-name>env/shop</resource-env-ref-name>
                    <resource-env-ref-type>javax.sql.DataSource</resource-env-ref-type>
                    <lookup-name>java:comp/env/jdbc/shop</lookup-name>
                  </resource-env-ref>
                </web-app>
                """));
    }

    private static String entry(String name, String type, String value) {
        return "<env-entry><env-entry-name>" + name + "</env-entry-name><env-entry-type>" + type
                + "</env-entry-type><env-entry-value>" + value + "</env-entry-value></env-entry>\n";
    }

    private static String ask(URL base, String what) throws Exception {
        return Wire.get(base, "naming?" + what).body();
    }

    @ParameterizedTest
    @CsvSource({
        "text, String a b",
        "flag, Boolean true",
        "letter, Character x",
        "limits/small, Byte -128",
        "limits/large, Long 9223372036854775807",
        "ratio, Double 0.5",
        "type, Class interface java.util.List",
    })
    void anEntryHasItsType(String name, String expected, @ArquillianResource URL base) throws Exception {
        assertThat(ask(base, "name=" + name)).isEqualTo(expected);
    }

    @Test
    void aSubcontextListsItsEntries(@ArquillianResource URL base) throws Exception {
        assertThat(ask(base, "list=limits").split(" ")).containsExactlyInAnyOrder("small", "large");
    }

    @Test
    void whatIsNotThereIsNotFound(@ArquillianResource URL base) throws Exception {
        assertThat(ask(base, "name=nothing")).startsWith("javax.naming.NameNotFoundException");
    }

    @Test
    void applicationsCannotBind(@ArquillianResource URL base) throws Exception {
        assertThat(ask(base, "bind=text")).startsWith("javax.naming.").contains("Exception");
        assertThat(ask(base, "name=text")).isEqualTo("String a b");
    }

    @ParameterizedTest
    @CsvSource({"jdbc/shop", "jdbc/alias", "env/shop", "injected"})
    void aDataSourceAnswersByEachOfItsNames(String name, @ArquillianResource URL base) throws Exception {
        assertThat(ask(base, "query=" + name)).isEqualTo("42 H2");
    }

    @Test
    void connectionsGoBackToThePool(@ArquillianResource URL base) throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(ask(base, "query=jdbc/shop"))
                    .as("%s. of 10 with a pool of 3", i)
                    .isEqualTo("42 H2");
        }
    }

    @WebServlet("/naming")
    public static class Naming extends HttpServlet {
        @Resource(lookup = "java:comp/env/jdbc/shop")
        private DataSource injected;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                response.getWriter().print(answer(request));
            } catch (NamingException failed) {
                response.getWriter().print(failed);
            } catch (SQLException failed) {
                throw new ServletException(failed);
            }
        }

        private String answer(HttpServletRequest request) throws NamingException, SQLException {
            Context environment = (Context) new InitialContext().lookup("java:comp/env");
            String query = request.getParameter("query");
            if (query != null) {
                return query(query.equals("injected") ? injected : (DataSource) environment.lookup(query));
            }
            String list = request.getParameter("list");
            if (list != null) {
                StringBuilder names = new StringBuilder();
                var all = environment.list(list);
                while (all.hasMore()) {
                    NameClassPair pair = all.next();
                    names.append(pair.getName()).append(' ');
                }
                return names.toString().strip();
            }
            String bound = request.getParameter("bind");
            if (bound != null) {
                environment.rebind(bound, "another");
            }
            Object value = environment.lookup(request.getParameter("name"));
            return value.getClass().getSimpleName() + " " + value;
        }

        private static String query(DataSource source) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("select 6 * 7")) {
                result.next();
                return result.getInt(1) + " " + connection.getMetaData().getDatabaseProductName();
            }
        }
    }
}
