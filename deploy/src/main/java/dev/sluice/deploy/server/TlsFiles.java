package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Key;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.engine.http.Tls;
import dev.sluice.engine.security.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys and certificates that the configuration names. */
final class TlsFiles {
    private final Configuration configuration;
    private final Installation installation;

    TlsFiles(Configuration configuration, Installation installation) {
        this.configuration = configuration;
        this.installation = installation;
    }

    /**
     * Reads them.
     *
     * @return empty if there is no TLS
     * @throws IOException if a file cannot be read or the keys do not fit together; the message names the file or the key
     */
    Optional<Tls> read() throws IOException {
        Path certificates = file(Keys.TLS_CERTIFICATES);
        Path keystore = file(Keys.TLS_KEYSTORE);
        Tls.ClientCertificates demand = Tls.ClientCertificates.valueOf(
                configuration.value(Keys.TLS_CLIENT_CERTIFICATES).toUpperCase(Locale.ROOT));
        if (certificates == null && keystore == null) {
            if (demand != Tls.ClientCertificates.NONE) {
                throw new IOException("tls.client-certificates is " + configuration.value(Keys.TLS_CLIENT_CERTIFICATES)
                        + ", but there is no TLS (expected: tls.certificates and tls.key, or tls.keystore; or"
                        + " tls.client-certificates: none)");
            }
            return Optional.empty();
        }
        Path authorities = file(Keys.TLS_CLIENT_AUTHORITIES);
        if (demand != Tls.ClientCertificates.NONE && authorities == null) {
            throw new IOException("tls.client-certificates is " + configuration.value(Keys.TLS_CLIENT_CERTIFICATES)
                    + ", but tls.client-authorities is not set, so everybody whom Java trusts could sign them (expected: the PEM file"
                    + " with those who sign clients' certificates, or tls.client-certificates: none)");
        }
        return Optional.of(chosen((keystore != null ? pkcs12(keystore, authorities) : pem(certificates, authorities))
                .withClientCertificates(demand)));
    }

    private Tls chosen(Tls tls) throws IOException {
        try {
            return tls.withProtocols(configuration.value(Keys.TLS_PROTOCOLS))
                    .withCipherSuites(configuration.value(Keys.TLS_CIPHER_SUITES));
        } catch (IllegalArgumentException e) {
            throw new IOException("tls.protocols or tls.cipher-suites: " + e.getMessage(), e);
        }
    }

    private Tls pkcs12(Path keystore, @Nullable Path authorities) throws IOException {
        PrivateFiles.warnIfOthersRead(keystore, "tls.keystore");
        char[] password = configuration.value(Keys.TLS_KEYSTORE_PASSWORD).toCharArray();
        return Tls.pkcs12(keystore, password, authorities);
    }

    private Tls pem(@Nullable Path certificates, @Nullable Path authorities) throws IOException {
        Path key = file(Keys.TLS_KEY);
        if (certificates == null || key == null) {
            throw new IOException(
                    "tls.key is not set, but tls.certificates is (expected: both, or tls.keystore instead)");
        }
        PrivateFiles.warnIfOthersRead(key, "tls.key");
        return Tls.pem(certificates, key, authorities);
    }

    private @Nullable Path file(Key<String> key) {
        String file = configuration.value(key);
        return file.isEmpty() ? null : installation.resolve(file);
    }
}
