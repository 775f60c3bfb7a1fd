/** Handler applications on the engine: requests become values, values become responses. */
@NullMarked
package dev.sluice.engine.handler;

import org.jspecify.annotations.NullMarked;
