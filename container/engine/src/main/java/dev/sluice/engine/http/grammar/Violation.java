package dev.sluice.engine.http.grammar;

/**
 * Why bytes from a client are not taken.
 *
 * @param status the answer: 400, 414, 417, 431, 501 or 505
 * @param reason what was found and what was expected
 */
public record Violation(int status, String reason) {
    public static Violation bad(String reason) {
        return new Violation(400, reason);
    }
}
