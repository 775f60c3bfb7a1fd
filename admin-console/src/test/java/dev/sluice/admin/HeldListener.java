package dev.sluice.admin;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.concurrent.CountDownLatch;

/** Lets its application start when a test lets it; compiled into WARs. */
public final class HeldListener implements ServletContextListener {
    /** The system property that holds the latch: class loaders do not share statics. */
    static final String LATCH = "dev.sluice.admin.HeldListener";

    /** Made by the container. */
    public HeldListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            ((CountDownLatch) System.getProperties().get(LATCH)).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the start was stopped", e);
        }
    }
}
