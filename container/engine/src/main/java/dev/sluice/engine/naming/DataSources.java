package dev.sluice.engine.naming;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Pools of database connections for one application, each made when it is first looked up, with drivers that the
 * application's class loader sees. Safe for use by many threads.
 */
public final class DataSources implements Resources {
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Map<String, AgroalDataSource> pools = new HashMap<>();
    private final ClassLoader loader;
    private final ClassLoader drivers;
    private boolean closed;

    /** Pools as defined, for an application that brings the drivers. */
    public DataSources(List<Definition> definitions, ClassLoader loader) {
        this(definitions, loader, loader);
    }

    /**
     * Pools as defined, for an application.
     *
     * @param drivers has the drivers that the application does not bring
     */
    public DataSources(List<Definition> definitions, ClassLoader loader, ClassLoader drivers) {
        definitions.forEach(definition -> this.definitions.put(definition.name(), definition));
        this.loader = loader;
        this.drivers = drivers;
    }

    /**
     * One pool.
     *
     * @param name below {@code java:comp/env}, such as {@code jdbc/shop}
     * @param driver the class of a {@code java.sql.Driver} or a {@code javax.sql.DataSource}
     * @param user empty: none
     * @param maxSize the largest number of connections
     * @param patience how long to wait for a connection before an SQLException
     */
    public record Definition(
            String name, String driver, String url, String user, String password, int maxSize, Duration patience) {
        public Definition {
            if (name.isBlank() || driver.isBlank() || url.isBlank() || maxSize < 1) {
                throw new IllegalArgumentException("data source \"" + name + "\": driver \"" + driver + "\", url "
                        + (url.isBlank() ? "missing" : "given") + ", maxSize " + maxSize
                        + " (expected: a name, a driver, a url, maxSize >= 1)");
            }
        }

        @Override
        public String toString() {
            return "data source " + name + " (" + driver + ")";
        }
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(definitions.keySet());
    }

    @Override
    public synchronized @Nullable DataSource find(String name) throws NamingException {
        Definition definition = definitions.get(name);
        if (definition == null) {
            return null;
        }
        if (closed) {
            throw new NamingException(definition + " is closed: its application has stopped");
        }
        AgroalDataSource pool = pools.get(name);
        if (pool == null) {
            pool = open(definition);
            pools.put(name, pool);
        }
        return pool;
    }

    private AgroalDataSource open(Definition definition) throws NamingException {
        try {
            Class<?> driver = driver(definition.driver());
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(definition.maxSize())
                            .acquisitionTimeout(definition.patience())
                            .validationTimeout(Duration.ofMinutes(1))
                            .connectionFactoryConfiguration(factory -> credentials(factory, definition)
                                    .connectionProviderClass(driver)
                                    .jdbcUrl(definition.url()))));
        } catch (ClassNotFoundException | SQLException e) {
            // A driver's message may quote the URL, in which there may be a password.
            String reason = String.valueOf(e.getMessage());
            boolean quoted = reason.contains(definition.url());
            NamingException failure = new NamingException(
                    definition + " cannot be opened: " + reason.replace(definition.url(), "the url")
                            + " (expected: a driver in WEB-INF/lib, or for the server's own in lib/ext of the installation, and a url that it knows)");
            if (!quoted) {
                failure.initCause(e);
            }
            throw failure;
        }
    }

    private Class<?> driver(String name) throws ClassNotFoundException {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            return Class.forName(name, true, drivers);
        }
    }

    private static AgroalConnectionFactoryConfigurationSupplier credentials(
            AgroalConnectionFactoryConfigurationSupplier factory, Definition definition) {
        return definition.user().isEmpty()
                ? factory
                : factory.principal(new NamePrincipal(definition.user()))
                        .credential(new SimplePassword(definition.password()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(AgroalDataSource::close);
        pools.clear();
    }
}
