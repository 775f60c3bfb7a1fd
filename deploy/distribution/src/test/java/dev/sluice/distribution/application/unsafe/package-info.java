/** Code with every mistake that the check looks for, packed into archives by tests. */
@NullMarked
package dev.sluice.distribution.application.unsafe;

import org.jspecify.annotations.NullMarked;
