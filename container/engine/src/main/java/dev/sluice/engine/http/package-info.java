/** The only part of the engine that knows Undertow: exchanges, bodies and headers as the rest of the engine sees them. */
@NullMarked
package dev.sluice.engine.http;

import org.jspecify.annotations.NullMarked;
