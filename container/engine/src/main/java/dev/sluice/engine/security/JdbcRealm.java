package dev.sluice.engine.security;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Users of a database. Safe for use by many threads. */
public final class JdbcRealm implements Realm {
    private final DataSource source;
    private final String passwordQuery;
    private final String rolesQuery;

    /**
     * A realm on two queries, each with the user's name as its one parameter.
     *
     * @param passwordQuery gives one row whose first column is a hash of {@link Passwords}
     * @param rolesQuery gives one row for each role, the first column its name
     */
    public JdbcRealm(DataSource source, String passwordQuery, String rolesQuery) {
        this.source = source;
        this.passwordQuery = passwordQuery;
        this.rolesQuery = rolesQuery;
    }

    @Override
    public @Nullable User authenticate(String name, String password) throws RealmException {
        try (Connection connection = source.getConnection()) {
            Set<String> hashes = column(connection, passwordQuery, name);
            String hash = hashes.size() == 1 ? hashes.iterator().next() : null;
            boolean usable = hash != null && Passwords.isHash(hash);
            // An unknown user costs the same time.
            boolean right = Passwords.verify(password, usable && hash != null ? hash : Passwords.OF_NOBODY);
            return usable && right ? User.of(name, column(connection, rolesQuery, name)) : null;
        } catch (SQLException e) {
            throw new RealmException("the database of users cannot be asked", e);
        }
    }

    private static Set<String> column(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            Set<String> values = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String value = rows.getString(1);
                    if (value != null) {
                        values.add(value);
                    }
                }
            }
            return values;
        }
    }

    @Override
    public String toString() {
        return "database of users";
    }
}
