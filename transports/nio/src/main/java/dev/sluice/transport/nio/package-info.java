/** The transport on java.nio selectors. */
@NullMarked
package dev.sluice.transport.nio;

import org.jspecify.annotations.NullMarked;
