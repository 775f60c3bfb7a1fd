package dev.sluice.benchmarks.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Servlets that hold a thread by spinning for the milliseconds that the query asks for, each with a mapping of its own. */
@WebListener
public final class Burners implements ServletContextListener {
    /** How many there are: {@code /burn/0} and so on. */
    public static final int COUNT = 64;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (int number = 0; number < COUNT; number++) {
            event.getServletContext().addServlet("burn" + number, new Burner()).addMapping("/burn/" + number);
        }
    }

    private static final class Burner extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            long time = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(request.getQueryString()));
            for (long start = System.nanoTime(); System.nanoTime() - start < time; ) {
                Thread.onSpinWait();
            }
            response.setContentLength(0);
        }
    }
}
