package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servlet 6.1, 10.9.1: an error dispatch is a GET and carries the original method and query string as attributes. */
@ExtendWith(ArquillianExtension.class)
class ErrorDispatchTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(ErrorDispatchTest.class, Failing.class, Page.class).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <error-page><location>/page</location></error-page>
                </web-app>
                """));
    }

    @Test
    void sendErrorDispatchesAsGetWithTheOriginalMethod(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.send(base, "PUT", "fail/status?a=b").body())
                .isEqualTo("GET 418 PUT /ErrorDispatchTest/fail/status a=b " + Failing.class.getName() + " none");
    }

    @Test
    void anExceptionDispatchesWithItsType(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.send(base, "DELETE", "fail/exception").body())
                .isEqualTo("GET 500 DELETE /ErrorDispatchTest/fail/exception null " + Failing.class.getName()
                        + " java.lang.IllegalStateException");
    }

    @WebServlet("/fail/*")
    public static class Failing extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (request.getPathInfo().equals("/exception")) {
                throw new IllegalStateException("on purpose");
            }
            response.sendError(418);
        }
    }

    @WebServlet("/page")
    public static class Page extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object type = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE);
            response.getWriter()
                    .print(request.getMethod() + " " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)
                            + " " + request.getAttribute(RequestDispatcher.ERROR_METHOD)
                            + " " + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
                            + " " + request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING)
                            + " " + request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME)
                            + " " + (type instanceof Class<?> found ? found.getName() : "none"));
        }
    }
}
