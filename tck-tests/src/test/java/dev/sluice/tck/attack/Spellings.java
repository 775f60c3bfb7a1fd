package dev.sluice.tck.attack;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Random spellings of protected and private paths: who is let in is compared with what is served. */
final class Spellings {
    private static final String SECRET = "the secret";
    private static final String[] NAMES = {
        "guard",
        "file.txt",
        "page.jsp",
        "servlet",
        "info",
        "WEB-INF",
        "views",
        "v.jsp",
        "web.xml",
        "META-INF",
        "open",
        "index.html",
        "index.jsp",
        "sub",
        "forward",
        "include",
        "resource"
    };
    private static final String[] FIRST = {"guard", "open", "forward", "include", "resource", "WEB-INF", "META-INF"};

    /** Right spellings, and what is answered: without it nobody would know whether the others find anything. */
    static final Map<String, String> SERVED = Map.ofEntries(
            Map.entry("/guarded/open/file.txt", "open"),
            Map.entry("/guarded/open/page.jsp", "open"),
            Map.entry("/guarded/open/", "open"),
            Map.entry("/guarded/open/sub/", "open"),
            Map.entry("/guarded/forward/file.txt", "open"),
            Map.entry("/guarded/forward/page.jsp", "open"),
            Map.entry("/guarded/forward/servlet", "open"),
            Map.entry("/guarded/include/file.txt", "open"),
            Map.entry("/guarded/include/page.jsp", "open"),
            Map.entry("/guarded/include/servlet", "open"),
            Map.entry("/guarded/resource/file.txt", "open"),
            Map.entry("/guarded/guard/file.txt", " 401 "),
            Map.entry("/guarded/guard/page.jsp", " 401 "),
            Map.entry("/guarded/guard/servlet", " 401 "),
            Map.entry("/guarded/guard/", " 401 "),
            Map.entry("/guarded/guard/sub/", " 401 "),
            Map.entry("/guarded/WEB-INF/file.txt", " 404 "),
            Map.entry("/guarded/WEB-INF/views/v.jsp", " 404 "));

    private static final String[] ODD = {"", ".", "..", "..;", "..;x", ";", ";x=1", "%2e", "%2e%2e", "%252e%252e", "%00"
    };
    private static final String[] TAILS = {
        "",
        "",
        "",
        "",
        ";",
        ";x",
        ";jsessionid=1",
        "%3bx",
        "%3b",
        "%253bx",
        ".",
        "%20",
        "%00",
        "%2f",
        "%5c",
        "\\",
        "/",
        "//",
        "::$DATA",
        "~",
        "%0a",
        "%e3%80%82",
        "?",
        "%3f"
    };

    private Spellings() {}

    static WebArchive archive() {
        StringAsset page = new StringAsset("<%= \"the \" + \"secret\" %>");
        return AttackServer.war("guarded", Guarded.class)
                .addAsWebResource(new StringAsset(SECRET), "guard/file.txt")
                .addAsWebResource(new StringAsset(SECRET), "guard/index.html")
                .addAsWebResource(page, "guard/page.jsp")
                .addAsWebResource(page, "guard/sub/index.jsp")
                .addAsWebInfResource(page, "views/v.jsp")
                .addAsWebInfResource(new StringAsset(SECRET), "file.txt")
                .addAsManifestResource(new StringAsset(SECRET), "file.txt")
                .addAsWebResource(new StringAsset("open"), "open/file.txt")
                .addAsWebResource(new StringAsset("open"), "open/index.html")
                .addAsWebResource(new StringAsset("<%= \"op\" + \"en\" %>"), "open/page.jsp")
                .addAsWebResource(new StringAsset("<%= \"op\" + \"en\" %>"), "open/sub/index.jsp")
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <welcome-file-list>
                    <welcome-file>index.html</welcome-file>
                    <welcome-file>index.jsp</welcome-file>
                  </welcome-file-list>
                  <security-constraint>
                    <web-resource-collection>
                      <web-resource-name>guard</web-resource-name>
                      <url-pattern>/guard/*</url-pattern>
                    </web-resource-collection>
                    <auth-constraint><role-name>nobody</role-name></auth-constraint>
                  </security-constraint>
                  <login-config><auth-method>BASIC</auth-method></login-config>
                  <security-role><role-name>nobody</role-name></security-role>
                </web-app>
                """));
    }

    /** A path below {@code /guarded}. */
    static String random(Random random) {
        StringBuilder path = new StringBuilder("/guarded");
        int most = 1 + random.nextInt(5);
        for (int part = 0; part < most; part++) {
            path.append(random.nextInt(12) == 0 ? "//" : "/");
            if (random.nextInt(4) == 0) {
                path.append(ODD[random.nextInt(ODD.length)]);
            } else {
                String[] names = part == 0 ? FIRST : NAMES;
                path.append(spelt(names[random.nextInt(names.length)], random));
            }
            path.append(TAILS[random.nextInt(TAILS.length)]);
        }
        return path.toString();
    }

    /** Some characters escaped, once or twice, or in the other case. */
    private static String spelt(String name, Random random) {
        StringBuilder spelt = new StringBuilder();
        int change = random.nextInt(3) == 0 ? random.nextInt(name.length()) : -1;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (i != change) {
                spelt.append(c);
                continue;
            }
            switch (random.nextInt(4)) {
                case 0 -> spelt.append(String.format("%%%02x", (int) c));
                case 1 -> spelt.append(String.format("%%25%02x", (int) c));
                case 2 -> spelt.append(String.format("%%%02X", (int) c));
                default -> spelt.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
            }
        }
        return spelt.toString();
    }

    /** Empty if the answer has this in it. */
    static String served(int port, String path, String expected) throws IOException {
        String got = get(port, path);
        return got.contains(expected) ? "" : got.lines().findFirst() + " (expected:" + expected + ")";
    }

    /** Empty if nothing was given away. */
    static String fault(int port, String path) throws IOException {
        String got = get(port, path);
        if (got.contains(SECRET)) {
            return "the secret was given away";
        }
        return got.matches("(?s)HTTP/1\\.1 (200|30[12]|400|401|403|404) .*")
                ? ""
                : "answered " + got.lines().findFirst();
    }

    private static String get(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "reset without an answer: " + e.getMessage();
        }
    }

    /** A protected servlet, and ways from inside to what is open, which nobody may leave. */
    @WebServlet({"/guard/servlet/*", "/open/servlet/*", "/forward/*", "/include/*", "/resource/*"})
    public static class Guarded extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            String path = "/open" + (request.getPathInfo() == null ? "" : request.getPathInfo());
            Object included = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
            switch (included == null ? request.getServletPath() : (String) included) {
                case "/guard/servlet" -> response.getWriter().print(SECRET);
                case "/open/servlet" -> response.getWriter().print("open");
                case "/resource" -> copy(path, response);
                default -> dispatch(path, request, response);
            }
        }

        private void dispatch(String path, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            RequestDispatcher dispatcher = getServletContext().getRequestDispatcher(path);
            if (dispatcher == null) {
                response.sendError(404);
            } else if (request.getServletPath().equals("/include")) {
                include(dispatcher, request, response);
            } else {
                dispatcher.forward(request, response);
            }
        }

        /** Servlet 6.1, 9.3: what is not there makes the default servlet throw, and a page as well. */
        private static void include(
                RequestDispatcher dispatcher, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            try {
                dispatcher.include(request, response);
            } catch (FileNotFoundException | ServletException missing) {
                response.sendError(404);
            }
        }

        private void copy(String path, HttpServletResponse response) throws IOException {
            try (InputStream in = getServletContext().getResourceAsStream(path)) {
                if (in == null) {
                    response.sendError(404);
                } else {
                    in.transferTo(response.getOutputStream());
                }
            }
        }
    }
}
