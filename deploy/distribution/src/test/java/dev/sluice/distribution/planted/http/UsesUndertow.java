package dev.sluice.distribution.planted.http;

import io.undertow.server.HttpServerExchange;

/** Knows Undertow where it should not. */
public final class UsesUndertow {
    HttpServerExchange exchange;
}
