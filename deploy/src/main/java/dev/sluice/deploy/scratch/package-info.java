/** Starts an application in a JVM of its own, calls its routes in memory, and tells what one request left for the next. */
@NullMarked
package dev.sluice.deploy.scratch;

import org.jspecify.annotations.NullMarked;
