package dev.sluice.engine.servlet;

/** Decides, before any filter, whether a request from a client may go on (Servlet 6.1, 13). */
interface RequestGuard {

    /** Lets everything pass. */
    RequestGuard OPEN = (request, response) -> true;

    /** False if the request was answered here: refused, redirected or challenged. */
    boolean permits(HttpRequest request, HttpResponse response) throws Exception;
}
