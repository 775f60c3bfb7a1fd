/** Where lambdas stand in the source, read from class files. */
@NullMarked
package dev.sluice.fork.source;

import org.jspecify.annotations.NullMarked;
