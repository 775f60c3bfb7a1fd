/** The classes of the JDK that are known, one by one and by family. */
@NullMarked
package dev.sluice.fork.jdk;

import org.jspecify.annotations.NullMarked;
