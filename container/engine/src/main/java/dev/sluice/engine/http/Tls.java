package dev.sluice.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted.
 *
 * @param context keys, and whom we trust
 * @param clientCertificates whether clients must show certificates
 * @param protocols the TLS versions that are spoken
 * @param cipherSuites those that are agreed on, by the JDK's names; empty for the JDK's choice
 */
public record Tls(
        SSLContext context, ClientCertificates clientCertificates, List<String> protocols, List<String> cipherSuites) {
    private static final List<String> MODERN = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** Whether clients show certificates. */
    public enum ClientCertificates {
        /** They are not asked. */
        NONE,
        /** They are asked, and may refuse. */
        WANTED,
        /** Without one there is no connection. */
        NEEDED
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException for a protocol or a cipher suite that this JDK does not have, or for no protocol
     */
    public Tls {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        SSLParameters supported = context.getSupportedSSLParameters();
        require("TLS protocol", protocols, List.of(supported.getProtocols()));
        require("TLS cipher suite", cipherSuites, List.of(supported.getCipherSuites()));
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("TLS protocols: none (expected: at least one of " + MODERN + ")");
        }
    }

    private static void require(String what, List<String> names, List<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        what + ": " + name + " (expected: of " + String.join(", ", known) + ")");
            }
        }
    }

    /**
     * Keys from PEM files.
     *
     * @param certificates the certificate and its chain, its own first
     * @param key the private key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
     * @param clientAuthorities certificates of those who sign clients' certificates; null asks for none
     * @throws IOException if a file cannot be read or is not what it should be; the message names it
     */
    public static Tls pem(Path certificates, Path key, @Nullable Path clientAuthorities) throws IOException {
        try {
            Certificate[] chain = certificates(certificates).toArray(new Certificate[0]);
            KeyStore store = emptyStore();
            store.setKeyEntry("sluice", privateKey(key), new char[0], chain);
            return of(store, new char[0], clientAuthorities);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "TLS keys from " + certificates + " and " + key + ": " + e.getMessage()
                            + " (expected: a certificate and the private key that belongs to it)",
                    e);
        }
    }

    /**
     * Keys from a PKCS #12 file.
     *
     * @param clientAuthorities PEM file with the certificates of those who sign clients' certificates; null asks for none
     * @throws IOException if the file cannot be read or the password is wrong
     */
    public static Tls pkcs12(Path file, char[] password, @Nullable Path clientAuthorities) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return of(store, password, clientAuthorities);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS keys from " + file + ": " + e.getMessage() + " (expected: a PKCS #12 file)", e);
        }
    }

    /** The same with another demand on clients. */
    public Tls withClientCertificates(ClientCertificates demand) {
        return new Tls(context, demand, protocols, cipherSuites);
    }

    /** The same with these TLS versions only, by the JDK's names. */
    public Tls withProtocols(List<String> names) {
        return new Tls(context, clientCertificates, names, cipherSuites);
    }

    /** The same with these cipher suites only, by the JDK's names; empty for the JDK's choice. */
    public Tls withCipherSuites(List<String> names) {
        return new Tls(context, clientCertificates, protocols, names);
    }

    private static Tls of(KeyStore keys, char[] password, @Nullable Path clientAuthorities)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        TrustManager[] trust = null;
        if (clientAuthorities != null) {
            KeyStore trusted = emptyStore();
            int index = 0;
            for (Certificate certificate : certificates(clientAuthorities)) {
                trusted.setCertificateEntry("ca-" + index++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            trust = factory.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust, null);
        return new Tls(
                context,
                clientAuthorities == null ? ClientCertificates.NONE : ClientCertificates.WANTED,
                MODERN,
                List.of());
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException("certificates in " + file + ": none (expected: at least one, in PEM)");
            }
            return found;
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        String text = Files.readString(file);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END PRIVATE KEY-----");
        if (from < 0 || to < from) {
            throw new IOException("private key in " + file + ": no PKCS #8 key (expected: " + begin
                    + "; convert others with openssl pkcs8 -topk8 -nocrypt)");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                continue; // The encoding names its algorithm, but only the factory of that algorithm can read it.
            }
        }
        throw new IOException(
                "private key in " + file + ": of an unknown algorithm (expected: one of " + KEY_ALGORITHMS + ")");
    }
}
