/** The seam between the way of a request and the two kinds of application: servlet and handler. */
@NullMarked
package dev.sluice.engine.application;

import org.jspecify.annotations.NullMarked;
