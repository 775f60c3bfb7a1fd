/** The static resources of a web application and the servlet that serves them. */
@NullMarked
package dev.sluice.engine.resource;

import org.jspecify.annotations.NullMarked;
