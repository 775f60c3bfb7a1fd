/** Reads and writes the values of header fields that requests and responses give meaning to. */
@NullMarked
package dev.sluice.engine.header;

import org.jspecify.annotations.NullMarked;
