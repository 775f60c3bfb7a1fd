/** Path patterns, parsed once, and the router that finds the handler of a method and a path. */
@NullMarked
package dev.sluice.api.routing;

import org.jspecify.annotations.NullMarked;
