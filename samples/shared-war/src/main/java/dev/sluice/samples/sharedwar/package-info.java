/** A servlet that is wrong in an ordinary container and right where it is forked per request. */
@NullMarked
package dev.sluice.samples.sharedwar;

import org.jspecify.annotations.NullMarked;
