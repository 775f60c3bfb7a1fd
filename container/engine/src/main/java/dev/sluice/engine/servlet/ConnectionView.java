package dev.sluice.engine.servlet;

import dev.sluice.engine.http.Connection;
import jakarta.servlet.ServletConnection;

/** The connection as applications see it (Servlet 6.1, 3.12). */
public record ConnectionView(Connection connection) implements ServletConnection {
    @Override
    public String getConnectionId() {
        return connection.id();
    }

    @Override
    public String getProtocol() {
        return connection.protocol();
    }

    @Override
    public String getProtocolConnectionId() {
        return connection.protocolConnectionId();
    }

    @Override
    public boolean isSecure() {
        return connection.secure(); // the connection itself, whatever a proxy says of the client's
    }
}
