/** The states of an application and of the server, and ordered steps that are undone in reverse. */
@NullMarked
package dev.sluice.deploy.lifecycle;

import org.jspecify.annotations.NullMarked;
