package dev.sluice.tck.attack;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/** Says by what name it was asked, reads bodies, and gives as many bytes as are asked for. */
@WebServlet({"/hello", "/echo", "/next", "/smuggled", "/bytes/*"})
public class Target extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doPost(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/bytes")) {
            byte[] block = new byte[8192];
            OutputStream out = response.getOutputStream();
            for (long left = Long.parseLong(request.getPathInfo().substring(1)); left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
            return;
        }
        long count = request.getInputStream().transferTo(OutputStream.nullOutputStream());
        response.setContentType("text/plain");
        response.getWriter().print(request.getServletPath().substring(1) + " " + count);
    }
}
