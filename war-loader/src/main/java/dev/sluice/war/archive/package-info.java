/** A WAR, an exploded directory or a handler jar as files that nobody else changes: unpacked, hashed and listed. */
@NullMarked
package dev.sluice.war.archive;

import org.jspecify.annotations.NullMarked;
