/** The steps that make a fork, and the code generated for them. */
@NullMarked
package dev.sluice.fork.plan;

import org.jspecify.annotations.NullMarked;
