/** Templates and the deep copies that requests work on. */
@NullMarked
package dev.sluice.fork;

import org.jspecify.annotations.NullMarked;
