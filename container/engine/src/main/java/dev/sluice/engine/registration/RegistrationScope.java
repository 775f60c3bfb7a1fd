package dev.sluice.engine.registration;

import dev.sluice.fork.Templates;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletSecurityElement;
import java.util.Collection;
import java.util.Set;

/** What registrations need to know of the application that they belong to. */
public interface RegistrationScope {

    /** The context that configurations hand out. */
    ServletContext context();

    /** Makes and destroys instances. */
    InstanceFactory instances();

    /** Where servlets that are forked per request are published. */
    Templates forkTemplates();

    /** Loads classes by name. */
    ClassLoader classLoader();

    /**
     * Refuses changes after the start.
     *
     * @throws IllegalStateException if the application has been initialised; the message names the method
     */
    void checkConfigurable(String method);

    /**
     * Makes constraints for the patterns of a servlet, except where the descriptor has constraints of its own.
     *
     * @return the patterns that the descriptor constrains
     */
    Set<String> secure(String servletName, Collection<String> urlPatterns, ServletSecurityElement element);
}
