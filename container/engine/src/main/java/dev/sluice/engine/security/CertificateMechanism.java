package dev.sluice.engine.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** CLIENT-CERT: the certificate of the TLS handshake, which has verified its chain (Servlet 6.1, 13.6.4). */
final class CertificateMechanism implements Mechanism {
    private final Logins logins;

    CertificateMechanism(Logins logins) {
        this.logins = logins;
    }

    @Override
    public String type() {
        return HttpServletRequest.CLIENT_CERT_AUTH;
    }

    @Override
    public @Nullable Authentication identify(SecuredRequest exchange) throws RealmException {
        Object chain = exchange.request().getAttribute("jakarta.servlet.request.X509Certificate");
        if (!(chain instanceof X509Certificate[] certificates) || certificates.length == 0) {
            return null;
        }
        try {
            certificates[0].checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException outOfDate) {
            return null;
        }
        User user = logins.certificate(certificates[0]);
        return user == null ? null : new Authentication(user, type());
    }

    @Override
    public void challenge(SecuredRequest exchange) throws IOException {
        exchange.response().sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }

    @Override
    public boolean takesPassword() {
        return false;
    }
}
