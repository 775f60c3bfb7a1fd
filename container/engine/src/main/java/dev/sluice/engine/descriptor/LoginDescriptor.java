package dev.sluice.engine.descriptor;

import org.jspecify.annotations.Nullable;

/**
 * The {@code <login-config>} (Servlet 6.1, 13.6).
 *
 * @param authMethod BASIC, FORM, DIGEST, CLIENT-CERT or a vendor's name; null: not declared
 */
public record LoginDescriptor(
        @Nullable String authMethod,
        @Nullable String realmName,
        @Nullable String formLoginPage,
        @Nullable String formErrorPage) {}
