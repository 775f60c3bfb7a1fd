/** The comparison of one real fork with what was published. */
@NullMarked
package dev.sluice.fork.proof;

import org.jspecify.annotations.NullMarked;
