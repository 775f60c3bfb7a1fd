package dev.sluice.distribution.application.forks;

import dev.sluice.api.Templates;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Publishes a basket, or what the context parameter {@code publish} asks for: something that must be refused. */
@WebListener
public final class BasketListener implements ServletContextListener {
    /** The system property that tells {@link LoaderServlet} of this application's class loader. */
    static final String LOADER = "dev.sluice.distribution.loader";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        String asked = String.valueOf(context.getInitParameter("publish"));
        Templates templates = Templates.of(context);
        switch (asked) {
            case "stream" ->
                templates.publish("state", Map.of("cache", List.of(new FileInputStream(FileDescriptor.in))));
            case "much" -> templates.publish("state", Map.of("small", new int[1], "big", many()));
            case "dice" -> templates.publish("dice", List.of(new Random(6)));
            default -> templates.publish("basket", new Basket());
        }
        System.getProperties().put(LOADER, new WeakReference<>(getClass().getClassLoader()));
    }

    private static List<int[]> many() {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < 100_001; i++) {
            all.add(new int[1]);
        }
        return all;
    }
}
