package dev.sluice.engine.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces of DIGEST (RFC 7616, 3.3 and 5.4): the time and random bits, signed, so that issuing one costs no memory. What
 * is remembered, up to a bound, are the counts of nonces that a right answer has used; when one must be forgotten, all
 * nonces of its age and older go stale, so a forgotten count cannot be used again. Safe for use by many threads.
 */
final class DigestNonces {
    private static final int MAX_USED = 10_000;
    private static final int WINDOW = 64;

    private final InstantSource clock;
    private final long lifetime;
    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final LinkedHashMap<String, Use> used = new LinkedHashMap<>();
    private long forgottenUntil;

    DigestNonces(InstantSource clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime.toMillis();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** What a nonce is worth. */
    enum Standing {
        GOOD,
        /** Once ours; the client shall repeat its answer with a new one, without asking the user. */
        STALE,
        FORGED
    }

    String issue() {
        byte[] noise = new byte[8];
        random.nextBytes(noise);
        byte[] content =
                ByteBuffer.allocate(16).putLong(clock.millis()).put(noise).array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(48).put(content).put(sign(content)).array());
    }

    synchronized Standing check(String nonce) {
        long issued = issued(nonce);
        if (issued < 0) {
            return Standing.FORGED;
        }
        boolean expired = clock.millis() - issued > lifetime;
        boolean forgotten = issued <= forgottenUntil && !used.containsKey(nonce);
        return expired || forgotten ? Standing.STALE : Standing.GOOD;
    }

    /** Uses a count of a good nonce; false if it has been used, or is too far behind. */
    synchronized boolean use(String nonce, long count) {
        Use use = used.get(nonce);
        if (use == null) {
            use = new Use();
            used.put(nonce, use);
            forget();
        }
        return use.mark(count);
    }

    private void forget() {
        long now = clock.millis();
        var entries = used.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Use> oldest = entries.next();
            long issued = issued(oldest.getKey());
            if (used.size() <= MAX_USED && now - issued <= lifetime) {
                return;
            }
            forgottenUntil = Math.max(forgottenUntil, issued);
            entries.remove();
        }
    }

    /** When it was issued, or -1 if it is not ours. */
    private long issued(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException noBase64) {
            return -1;
        }
        if (bytes.length != 48) {
            return -1;
        }
        byte[] content = new byte[16];
        byte[] signature = new byte[32];
        ByteBuffer.wrap(bytes).get(content).get(signature);
        return MessageDigest.isEqual(signature, sign(content))
                ? ByteBuffer.wrap(content).getLong()
                : -1;
    }

    private byte[] sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    synchronized int remembered() {
        return used.size();
    }

    /** The counts seen: the highest, and which of those just below. Requests may overtake each other. */
    private static final class Use {
        private long highest;
        private long seen;

        boolean mark(long count) {
            if (count <= 0) {
                return false;
            }
            if (count > highest) {
                long shift = count - highest;
                seen = shift >= WINDOW ? 0 : seen << shift;
                seen |= 1;
                highest = count;
                return true;
            }
            long behind = highest - count;
            if (behind >= WINDOW || (seen & 1L << behind) != 0) {
                return false;
            }
            seen |= 1L << behind;
            return true;
        }
    }
}
