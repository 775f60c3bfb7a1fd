package dev.sluice.engine.servlet;

import dev.sluice.engine.listener.Listeners;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
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
            ServletRequestEvent event = new ServletRequestEvent(to.facade(), request);
            to.listeners().request().forEach(listener -> listener.requestInitialized(event));
            try {
                dispatch.run();
            } finally {
                for (ServletRequestListener listener :
                        Listeners.reversed(to.listeners().request())) {
                    listener.requestDestroyed(event);
                }
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
