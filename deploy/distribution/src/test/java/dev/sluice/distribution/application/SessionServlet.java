package dev.sluice.distribution.application;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Says who asks and in which session; a session that it makes is marked. */
public class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean known = request.isRequestedSessionIdValid();
        HttpSession session = request.getSession();
        if (session.isNew()) {
            session.setAttribute("mark", "made by " + request.getRemoteUser());
        }
        response.getWriter()
                .print(request.getRemoteUser() + "|" + request.getAuthType() + "|" + known + "|"
                        + session.getAttribute("mark") + "|" + session.getId());
    }
}
