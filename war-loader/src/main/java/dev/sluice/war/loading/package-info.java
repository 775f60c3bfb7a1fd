/** The class loader of an application, and the narrow window through which it sees the container. */
@NullMarked
package dev.sluice.war.loading;

import org.jspecify.annotations.NullMarked;
