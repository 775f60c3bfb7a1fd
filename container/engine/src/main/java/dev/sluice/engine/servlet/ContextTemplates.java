package dev.sluice.engine.servlet;

import dev.sluice.api.Template;
import dev.sluice.engine.application.PublishedTemplate;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Templates;
import dev.sluice.fork.report.ForkException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an application has published: the context attribute {@code dev.sluice.api.Templates}. Any thread.
 *
 * <p>Servlets that are forked per request have templates too, which only the engine publishes.
 */
public final class ContextTemplates implements dev.sluice.api.Templates {
    private final AppContext app;
    private final Map<String, PublishedTemplate<?>> keys = new ConcurrentHashMap<>();
    private volatile Templates registry;

    ContextTemplates(AppContext app, ForkOptions options) {
        this.app = app;
        this.registry = new Templates(app.environment().name(), options);
    }

    /** All templates, those of servlets included. */
    Templates registry() {
        return registry;
    }

    /** Forgets them, when the application has stopped. */
    void release() {
        keys.clear();
        registry = registry.cleared();
    }

    @Override
    public <T> Template<T> publish(String name, T value) {
        app.checkConfigurable("Templates.publish");
        try {
            PublishedTemplate<T> key = new PublishedTemplate<>(registry.publish(name, value));
            keys.put(name, key);
            return key;
        } catch (ForkException | IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the caller says what T is; the class of the value is checked
    public <T> Template<T> template(String name, Class<? super T> type) {
        PublishedTemplate<?> key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("template: " + name + " (expected: one of "
                    + new TreeMap<>(keys).keySet() + ", which " + app + " has published)");
        }
        if (!type.isAssignableFrom(key.type())) {
            throw new IllegalArgumentException("template " + name + ": " + type.getName() + " (expected: "
                    + key.type().getName() + " or a supertype)");
        }
        return (Template<T>) key;
    }

    @Override
    public String toString() {
        return "templates of " + app + ": " + new TreeMap<>(keys).keySet();
    }
}
