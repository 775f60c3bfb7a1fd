package dev.sluice.engine.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way to authenticate (Servlet 6.1, 13.6). Safe for use by many threads. */
interface Mechanism {

    /** What {@code getAuthType} returns. */
    String type();

    /**
     * Who a request comes from, as far as it says so itself.
     *
     * @return null if it does not, or what it says is wrong
     */
    @Nullable
    Authentication identify(SecuredRequest exchange) throws IOException, RealmException;

    /** Answers so that the client can authenticate. */
    void challenge(SecuredRequest exchange) throws IOException, ServletException;

    /** Whether user name and password are what it takes: then {@code login} works. */
    default boolean takesPassword() {
        return true;
    }
}
