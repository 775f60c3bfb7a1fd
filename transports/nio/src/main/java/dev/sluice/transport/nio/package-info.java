/** A transport on the JDK's selectors: an XNIO provider that works everywhere. */
@NullMarked
package dev.sluice.transport.nio;

import org.jspecify.annotations.NullMarked;
