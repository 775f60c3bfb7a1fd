package dev.sluice.engine.security;

import dev.sluice.engine.session.Session;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What security needs of a request, lent by the servlet core. For one thread at a time, like the request. */
public interface SecuredRequest {

    /** The request as no application has wrapped it. */
    HttpServletRequest request();

    /** The response as no application has wrapped it. */
    HttpServletResponse response();

    /** The path inside the application: decoded, canonical, with a leading slash. */
    String path();

    /** The session, made if {@code create} and there is none. */
    @Nullable
    Session session(boolean create);

    /**
     * Scheme, host and port by which the client reaches us with TLS; null if there is no way that is known.
     *
     * @param tlsPort the port of a listener with TLS, 0 if there is none
     */
    @Nullable
    String confidentialOrigin(int tlsPort);

    /** Gives the session a new id, and tells the client. */
    void changeSessionId();

    /** Who it comes from, or null. */
    @Nullable
    Authentication authentication();

    /** Says who it comes from; null: nobody. */
    void authentication(@Nullable Authentication value);

    /** Answers with a page of the application, as a forward of a GET request, to which no constraint applies. */
    void forward(String path) throws ServletException, IOException;

    /** Makes this request the saved one: method, query, body, and the header fields that describe the body. */
    void replay(SavedRequest saved);
}
