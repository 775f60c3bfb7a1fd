package dev.sluice.engine.resource;

import dev.sluice.engine.fixture.Context;
import dev.sluice.engine.fixture.DirectoryResources;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.Response;
import dev.sluice.engine.fixture.TestClock;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;

/** A default servlet over a directory. */
final class StaticSite {
    static final String MODIFIED = "Sun, 01 Mar 2026 10:00:00 GMT";

    private final Path root;
    private final DefaultServlet servlet;
    final TestClock clock = new TestClock();

    StaticSite(Path root) throws ServletException {
        this(root, StaticOptions.DEFAULT, new Context());
    }

    StaticSite(Path root, StaticOptions options, Context context) throws ServletException {
        this.root = root;
        this.servlet = new DefaultServlet(new DirectoryResources(root), options, clock);
        servlet.init(new ServletConfig() {
            @Override
            public String getServletName() {
                return "default";
            }

            @Override
            public ServletContext getServletContext() {
                return context.view();
            }

            @Override
            public String getInitParameter(String name) {
                return "";
            }

            @Override
            public Enumeration<String> getInitParameterNames() {
                return Collections.emptyEnumeration();
            }
        });
    }

    StaticSite file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    StaticSite file(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T10:00:00Z")));
        return this;
    }

    Response get(String target, String... headers) throws ServletException, IOException {
        return send("GET", target, headers);
    }

    Response send(String method, String target, String... headers) throws ServletException, IOException {
        Request request = new Request(method, target);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    Response send(Request request) throws ServletException, IOException {
        Response response = new Response();
        send(request, response);
        return response;
    }

    void send(Request request, Response response) throws ServletException, IOException {
        service(request, response.view());
    }

    void service(Request request, HttpServletResponse response) throws ServletException, IOException {
        servlet.service(request.view(), response);
    }
}
