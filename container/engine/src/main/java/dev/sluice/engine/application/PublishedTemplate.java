package dev.sluice.engine.application;

import dev.sluice.api.Template;
import dev.sluice.fork.Forks;

/** An application's key to a template of the fork engine. */
public final class PublishedTemplate<T> implements Template<T> {
    private final dev.sluice.fork.Template<T> template;

    /** The key to this template. */
    public PublishedTemplate(dev.sluice.fork.Template<T> template) {
        this.template = template;
    }

    @Override
    public String name() {
        return template.name();
    }

    /** The class of what was published. */
    public Class<?> type() {
        return template.type();
    }

    /**
     * The fork of the template in these forks.
     *
     * @throws IllegalArgumentException if the key was made by somebody else
     */
    public static <T> T fork(Forks forks, Template<T> key) {
        if (key instanceof PublishedTemplate<T> known) {
            return forks.get(known.template);
        }
        throw new IllegalArgumentException("template: " + key
                + " (expected: one that Setup.template or Templates.publish of this application returned)");
    }

    @Override
    public String toString() {
        return template.toString();
    }
}
