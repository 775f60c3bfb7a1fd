package dev.sluice.benchmarks.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** The rows of the benchmark that are servlets: /hello, /json, /echo, /blocking, /wait, /database and /events. */
@WebServlet(urlPatterns = {"/hello", "/json", "/echo", "/blocking", "/wait", "/database", "/events"})
public class RowServlet extends HttpServlet {
    private static final Semaphore DATABASE = new Semaphore(Payload.DATABASE_CONNECTIONS, true);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/hello" -> send(response, "text/plain", Payload.HELLO_BYTES);
            case "/json" -> send(response, "application/json", Payload.json().getBytes(StandardCharsets.UTF_8));
            case "/blocking" -> block(response, Payload.BLOCKING_MILLISECONDS);
            case "/wait" -> block(response, Payload.WAIT_MILLISECONDS);
            case "/database" -> database(response);
            case "/events" -> events(response);
            default -> response.sendError(404);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        send(response, "application/octet-stream", body);
    }

    private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void database(HttpServletResponse response) throws IOException {
        DATABASE.acquireUninterruptibly();
        try {
            sleep(Payload.WAIT_MILLISECONDS);
        } finally {
            DATABASE.release();
        }
        send(response, "text/plain", Payload.HELLO_BYTES);
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void block(HttpServletResponse response, long milliseconds) throws IOException {
        sleep(milliseconds);
        send(response, "text/plain", Payload.HELLO_BYTES);
    }

    private static void events(HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        OutputStream out = response.getOutputStream();
        for (int event = 0; event < Payload.EVENTS; event++) {
            out.write(Payload.event(event).getBytes(StandardCharsets.US_ASCII));
            if (event % 100 == 99) {
                out.flush();
            }
        }
    }
}
