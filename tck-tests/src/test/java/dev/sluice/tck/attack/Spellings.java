package dev.sluice.tck.attack;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
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
        "forward",
        "welcome"
    };
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
                .addAsWebInfResource(page, "views/v.jsp")
                .addAsWebInfResource(new StringAsset(SECRET), "file.txt")
                .addAsManifestResource(new StringAsset(SECRET), "file.txt")
                .addAsWebResource(new StringAsset("open"), "open/file.txt")
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
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
        for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
            path.append(random.nextInt(12) == 0 ? "//" : "/");
            if (random.nextInt(4) == 0) {
                path.append(ODD[random.nextInt(ODD.length)]);
            } else {
                path.append(spelt(NAMES[random.nextInt(NAMES.length)], random));
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

    /** Empty if nothing was given away. */
    static String fault(int port, String path) throws IOException {
        String got;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            got = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "reset without an answer: " + e.getMessage();
        }
        if (got.contains(SECRET)) {
            return "the secret was given away";
        }
        return got.matches("(?s)HTTP/1\\.1 (200|30[12]|400|401|403|404) .*")
                ? ""
                : "answered " + got.lines().findFirst();
    }

    /** A protected servlet, and ways to protected and private things from inside. */
    @WebServlet({"/guard/servlet/*", "/forward/*"})
    public static class Guarded extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getServletPath().equals("/forward")) {
                response.getWriter().print("open");
                return;
            }
            response.getWriter().print(SECRET);
        }
    }
}
