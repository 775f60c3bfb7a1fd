/** Conditional requests and ranges (RFC 9110, 13 and 14), for files and other content of known length. */
@NullMarked
package dev.sluice.engine.http.conditional;

import org.jspecify.annotations.NullMarked;
