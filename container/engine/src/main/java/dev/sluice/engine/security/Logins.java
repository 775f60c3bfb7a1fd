package dev.sluice.engine.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Asks a realm, but not about users who are locked out, and not again for a while about a password that was right: hashes
 * of passwords are slow on purpose, and BASIC sends the password with every request. What is remembered is bounded, and
 * is a keyed hash, no password. Shared by all applications of a realm; safe for use by many threads.
 */
public final class Logins {
    /** How long a right password is believed. */
    public static final Duration REMEMBERED = Duration.ofSeconds(60);

    private static final int MAX_REMEMBERED = 10_000;

    private final Realm realm;
    private final LoginThrottle throttle;
    private final WaitingLogins waiting;
    private final InstantSource clock;
    private final SecretKeySpec key;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    public Logins(Realm realm, LoginThrottle throttle, WaitingLogins waiting, InstantSource clock) {
        this.realm = realm;
        this.throttle = throttle;
        this.waiting = waiting;
        this.clock = clock;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Logins of a realm with the usual throttle. */
    public static Logins of(Realm realm, InstantSource clock) {
        return new Logins(
                realm,
                new LoginThrottle(LoginThrottle.Options.DEFAULT, clock),
                new WaitingLogins(WaitingLogins.Limits.DEFAULT),
                clock);
    }

    /** Logins that failed without being tried, because the user or the address is locked out, since the start. */
    public long lockedOut() {
        return throttle.refused();
    }

    /** The requests that wait for one. */
    public WaitingLogins waiting() {
        return waiting;
    }

    /**
     * Checks a password.
     *
     * @param address the client's address
     * @return null if it is wrong, or the user or the address is locked out
     */
    public @Nullable User password(String name, String password, String address) throws RealmException {
        if (throttle.locked(name, address)) {
            return null;
        }
        byte[] proof = proof(name, password);
        User known = recall(name, proof);
        if (known != null) {
            return known;
        }
        User user = realm.authenticate(name, password);
        if (user == null) {
            throttle.failed(name, address);
            return null;
        }
        throttle.succeeded(name, address);
        synchronized (remembered) {
            remembered.put(name, new Remembered(proof, user, clock.millis() + REMEMBERED.toMillis()));
        }
        return user;
    }

    /** The user of a verified certificate, or null. */
    public @Nullable User certificate(X509Certificate certificate) throws RealmException {
        return realm.authenticate(certificate);
    }

    /** What DIGEST compares with; null also if the user or the address is locked out. */
    Realm.@Nullable Digest digest(String name, String realmName, String algorithm, String address)
            throws RealmException {
        return throttle.locked(name, address) ? null : realm.digest(name, realmName, algorithm);
    }

    void digestFailed(String name, String address) {
        throttle.failed(name, address);
    }

    void digestSucceeded(String name, String address) {
        throttle.succeeded(name, address);
    }

    private @Nullable User recall(String name, byte[] proof) {
        synchronized (remembered) {
            Remembered entry = remembered.get(name);
            if (entry != null && clock.millis() >= entry.until) {
                remembered.remove(name);
                return null;
            }
            return entry != null && MessageDigest.isEqual(entry.proof, proof) ? entry.user : null;
        }
    }

    private byte[] proof(String name, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    int remembered() {
        synchronized (remembered) {
            return remembered.size();
        }
    }

    @Override
    public String toString() {
        return "logins of " + realm;
    }

    private static final class Remembered {
        private final byte[] proof;
        private final User user;
        private final long until;

        Remembered(byte[] proof, User user, long until) {
            this.proof = proof;
            this.user = user;
            this.until = until;
        }
    }
}
