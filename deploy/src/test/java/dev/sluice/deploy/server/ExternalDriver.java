package dev.sluice.deploy.server;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** A driver that only says that it was asked. */
public final class ExternalDriver implements Driver {
    /** Made by the pool. */
    public ExternalDriver() {}

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        throw new SQLException("the external driver was asked for " + url);
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:external:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
