package dev.sluice.fork;

import dev.sluice.fork.report.ForkException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The templates of one application, by name. Safe for use by several threads. */
public final class Templates {
    private final ConcurrentMap<String, Template<?>> byName = new ConcurrentHashMap<>();
    private final String application;
    private final ForkOptions defaults;

    /** A registry of nobody in particular, with the default options. */
    public Templates() {
        this("", ForkOptions.defaults());
    }

    /**
     * A registry whose templates are published with these options unless others are given.
     *
     * @param application named by the log beside each warning; empty for none
     * @param defaults usually from the application's configuration
     */
    public Templates(String application, ForkOptions defaults) {
        this.application = application;
        this.defaults = defaults;
    }

    /** Publishes with the options of this registry. */
    public <T> Template<T> publish(String name, T root) {
        return publish(name, root, defaults);
    }

    /**
     * Walks the graph of objects once, checks it, copies it and compiles the plan by which requests fork it. Nobody may
     * change the graph while this runs.
     *
     * @param name unique in this registry
     * @throws ForkException when the graph holds something that must not be copied
     * @throws IllegalStateException when the name is taken
     */
    public <T> Template<T> publish(String name, T root, ForkOptions options) {
        Template<T> template = Publication.publish(application, name, root, options);
        if (byName.putIfAbsent(name, template) != null) {
            throw new IllegalStateException(
                    "a template named '" + name + "' is already published; choose another name");
        }
        return template;
    }

    public Optional<Template<?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All templates, ordered by name. */
    public List<Template<?>> all() {
        return byName.keySet().stream().sorted().<Template<?>>map(byName::get).toList();
    }

    /** The options that {@link #publish(String, Object)} uses. */
    public ForkOptions defaults() {
        return defaults;
    }

    /** The same application and options, without templates. */
    public Templates cleared() {
        return new Templates(application, defaults);
    }
}
