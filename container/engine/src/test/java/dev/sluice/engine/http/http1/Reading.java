package dev.sluice.engine.http.http1;

import java.util.List;

/**
 * What was understood of the bytes of a connection.
 *
 * @param requests each complete request, as text
 * @param status why the rest is refused; 0 if it is not
 * @param refusedAt the index of the byte that is refused; -1 if none is
 */
record Reading(List<String> requests, int status, int refusedAt) {
    /** A request as text: line, fields, body and trailers, one to a line. */
    static String request(String line, List<String> fields, String body, List<String> trailers) {
        return line + '\n' + String.join("\n", fields) + "\n\n" + body + "\n\n" + String.join("\n", trailers);
    }
}
