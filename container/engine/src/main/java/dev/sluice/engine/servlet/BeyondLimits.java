package dev.sluice.engine.servlet;

import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.parameter.BadRequestException;

/** Counts requests that bring more than a limit allows. */
final class BeyondLimits {
    private BeyondLimits() {}

    /** Something of the request could not be read; if it was too much, that is counted. */
    static void count(HttpExchange exchange, Exception why) {
        if (why instanceof BadRequestException refused && refused.limit() != null) {
            exchange.beyondLimit();
        }
    }
}
