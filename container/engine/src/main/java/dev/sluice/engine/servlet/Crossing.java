package dev.sluice.engine.servlet;

import jakarta.servlet.ServletException;
import java.io.IOException;

/**
 * A dispatch into another application: its class loader is the thread's context class loader meanwhile, and its request listeners hear that the
 * request comes into scope and goes out of it (Servlet 6.1, 11.2).
 */
record Crossing(HttpRequest request, AppContext from, AppContext to) {

    void run(Dispatch dispatch) throws ServletException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(to.classLoader());
        try {
            RequestEvents events = new RequestEvents(to, request, request.call()::note);
            try {
                events.initialized();
                dispatch.run();
            } finally {
                events.destroyed();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What is run on the other side. */
    interface Dispatch {
        void run() throws ServletException, IOException;
    }
}
