package dev.sluice.api.routing;

import dev.sluice.api.Body;
import dev.sluice.api.Response;

/** What a response must be to be fixed. */
final class FixedResponses {
    private FixedResponses() {}

    static void check(String path, Response response) {
        if (!PathPattern.parse(path).names().isEmpty()) {
            throw new IllegalArgumentException("fixed response " + path + ": the path has parameters (expected: none)");
        }
        Body body = response.body();
        if (!(body instanceof Body.Empty || body instanceof Body.Bytes || body instanceof Body.Text)) {
            throw new IllegalArgumentException("fixed response " + path + ": body "
                    + body.getClass().getSimpleName() + " (expected: Empty, Bytes or Text)");
        }
        if (response.trailers().isPresent()
                || response.upgrade().isPresent()
                || !response.earlyHints().isEmpty()) {
            throw new IllegalArgumentException(
                    "fixed response " + path + ": has trailers, early hints or an upgrade (expected: none of them)");
        }
    }
}
