/** The files of a web application: its directory, and META-INF/resources of its libraries in place. */
@NullMarked
package dev.sluice.war.resource;

import org.jspecify.annotations.NullMarked;
