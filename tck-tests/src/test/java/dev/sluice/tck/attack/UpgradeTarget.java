package dev.sluice.tck.attack;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Leaves HTTP for a protocol that sends back what comes. */
@WebServlet("/upgrade")
public class UpgradeTarget extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader("Upgrade", "echo");
        request.upgrade(Echo.class);
    }

    /** The protocol. */
    public static class Echo implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            byte[] bytes = new byte[1024];
            try (connection) {
                InputStream in = connection.getInputStream();
                ServletOutputStream out = connection.getOutputStream();
                for (int count; (count = in.read(bytes)) >= 0; ) {
                    out.write(bytes, 0, count);
                    out.flush();
                }
            } catch (IOException gone) {
                // The client is free to go at any time.
                return;
            } catch (Exception e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        @Override
        public void destroy() {}
    }
}
