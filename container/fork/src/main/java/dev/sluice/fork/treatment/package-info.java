/** What a fork does with an object: rebuild it, share it, or refuse it. */
@NullMarked
package dev.sluice.fork.treatment;

import org.jspecify.annotations.NullMarked;
