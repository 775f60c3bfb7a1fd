package dev.sluice.engine.naming.java;

import dev.sluice.engine.naming.NamingEnvironment;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the context of {@code java:} names for the application that a thread works for. JNDI wants exactly this class
 * name, below a package of {@code java.naming.factory.url.pkgs}, visible to the thread's context class loader.
 */
@SuppressWarnings("BanJNDI") // the look-up stays inside of our own tree
public final class javaURLContextFactory implements ObjectFactory {

    /** The context for no object, else what a URL names. */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object object,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Context root = NamingEnvironment.javaContext();
        if (object == null) {
            return root;
        }
        return object instanceof String url ? root.lookup(url) : null;
    }
}
