/** From host and path to the application: virtual hosts, context paths, versions. */
@NullMarked
package dev.sluice.engine.routing;

import org.jspecify.annotations.NullMarked;
