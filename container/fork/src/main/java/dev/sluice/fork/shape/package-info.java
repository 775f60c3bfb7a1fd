/** How objects of one class are taken apart and put together again. */
@NullMarked
package dev.sluice.fork.shape;

import org.jspecify.annotations.NullMarked;
