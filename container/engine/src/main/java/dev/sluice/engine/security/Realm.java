package dev.sluice.engine.security;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Knows users, their secrets and their roles: a service to implement for other directories. Safe for use by many
 * threads. A method may block the request's thread.
 */
public interface Realm {
    /** Knows nobody: an application with a login-config starts with it, and nobody can log in. */
    Realm NOBODY = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return null;
        }

        @Override
        public String toString() {
            return "Realm.NOBODY";
        }
    };

    /**
     * Checks a password. Takes as long for an unknown user as for a wrong password.
     *
     * @return null if the two do not belong together
     * @throws RealmException if the realm cannot be asked
     */
    @Nullable
    User authenticate(String name, String password) throws RealmException;

    /**
     * The user with a certificate, whose chain the TLS handshake has verified.
     *
     * @return null if it is nobody's
     */
    default @Nullable User authenticate(X509Certificate certificate) throws RealmException {
        return null;
    }

    /**
     * What DIGEST needs: the lower-case hexadecimal hash of {@code user:realm:password}.
     *
     * @param algorithm {@code SHA-256} or {@code MD5}
     * @return null if the user is not known or the realm does not keep it
     */
    default @Nullable Digest digest(String name, String realmName, String algorithm) throws RealmException {
        return null;
    }

    /** A user and the hash of {@code user:realm:password}. */
    record Digest(User user, String hash) {}
}
