/** Code in which the check finds nothing, packed into archives by tests. */
@NullMarked
package dev.sluice.distribution.application.safe;

import org.jspecify.annotations.NullMarked;
