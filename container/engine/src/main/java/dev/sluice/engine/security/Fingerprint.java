package dev.sluice.engine.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 hash of a whole certificate as text: {@code sha256=} and 64 hexadecimal digits. */
final class Fingerprint {
    private static final Pattern TEXT = Pattern.compile("(?i)sha256=[0-9a-f]{64}");

    private Fingerprint() {}

    static boolean isOne(String text) {
        return TEXT.matcher(text).matches();
    }

    /** The fingerprint of a certificate, in lower case. */
    static String of(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "sha256=" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("no fingerprint of " + certificate.getSubjectX500Principal(), e);
        }
    }
}
