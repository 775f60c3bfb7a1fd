package dev.sluice.distribution.application.forks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what belongs to one request in its fields, which is a bug where requests share the servlet. */
public class OrdinaryServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient List<String> items = new ArrayList<>();
    private int count;

    @Override
    public void init() {
        items.add("init");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        items.add(request.getParameter("item"));
        count++;
        Meeting.await(request);
        response.getWriter().print(getServletName() + " " + items + " " + count);
    }
}
