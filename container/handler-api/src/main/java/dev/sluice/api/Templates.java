package dev.sluice.api;

/**
 * The templates of a web application: what {@link Setup#template} is for a handler application. A
 * {@code ServletContextListener} publishes, servlets and filters work on forks:
 *
 * <pre>{@code
 * public void contextInitialized(ServletContextEvent event) {
 *     Templates.of(event.getServletContext()).publish("prices", new PriceList());
 * }
 *
 * // in a servlet: once, in init
 * prices = Templates.of(getServletContext()).template("prices", PriceList.class);
 * // and in every request
 * PriceList mine = HandlerContext.of(request).fork(prices);
 * }</pre>
 *
 * <p>May be used by any thread, and kept. The templates are released when the application has stopped.
 */
public interface Templates {
    /**
     * Publishes state from which every request gets its own deep copy. What the application does to {@code value}
     * afterwards has no effect; nobody may change it while this method runs.
     *
     * @param name unique in the application
     * @throws IllegalArgumentException if the name is taken, or if {@code value} holds something that cannot be copied: the
     *     message has the path to it and what to do
     * @throws IllegalStateException if all {@code ServletContextListener}s have returned from {@code contextInitialized}
     */
    <T> Template<T> publish(String name, T value);

    /**
     * The template with this name, the same key that {@link #publish} returned.
     *
     * @param type the class of the published value or a supertype of it
     * @throws IllegalArgumentException if there is none with this name, or if its value is no {@code type}
     */
    <T> Template<T> template(String name, Class<? super T> type);

    /**
     * The templates of the application with this context.
     *
     * @param servletContext the {@code jakarta.servlet.ServletContext}, which this API does not depend on
     * @throws IllegalArgumentException if it is nothing that has a public {@code getAttribute(String)}
     * @throws IllegalStateException if the context is not one of this server
     */
    static Templates of(Object servletContext) {
        return Attributes.find(servletContext, Templates.class);
    }
}
