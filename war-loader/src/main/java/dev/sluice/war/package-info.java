/** Turns an archive into an application description and a class loader. */
@NullMarked
package dev.sluice.war;

import org.jspecify.annotations.NullMarked;
