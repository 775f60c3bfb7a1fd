package dev.sluice.distribution.application;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** Begins what outlives its application: asynchronous requests, streams of events, connections that leave HTTP. */
public final class LastingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Says when it ends. */
    public static final class Quiet implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            System.out.println("upgraded");
        }

        @Override
        public void destroy() {
            System.out.println("handler destroyed");
        }
    }

    /** Says what it hears. */
    public static final class Told implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            System.out.println("listener told of the completion");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            System.out.println("listener told of a time-out");
        }

        @Override
        public void onError(AsyncEvent event) {
            System.out.println("listener told of an error");
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            System.out.println("listener told of a start");
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().equals("/up")) {
            response.setHeader("Connection", "Upgrade");
            response.setHeader("Upgrade", "quiet");
            request.upgrade(Quiet.class);
            return;
        }
        if (request.getServletPath().equals("/hello")) {
            response.getWriter().print("hello");
            return;
        }
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        context.addListener(new Told());
        if (request.getServletPath().equals("/events")) {
            response.setContentType("text/event-stream");
            response.getWriter().print("data: 1\n\n");
            response.flushBuffer();
        }
    }

    @Override
    public void destroy() {
        System.out.println("servlet destroyed");
    }
}
