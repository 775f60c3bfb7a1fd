package dev.sluice.engine.security;

import java.io.Serializable;

/**
 * Who a request comes from, and how that is known. It is kept in the request, and by FORM and {@code login} in the
 * session too; never in a thread.
 *
 * @param type what {@code getAuthType} returns: BASIC, FORM, DIGEST or CLIENT_CERT
 */
public record Authentication(User user, String type) implements Serializable {
    private static final long serialVersionUID = 1L;
}
