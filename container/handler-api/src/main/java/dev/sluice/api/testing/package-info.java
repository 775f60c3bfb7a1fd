/** Calls to an application without a socket, and a check of both sides of the handler contract. */
@NullMarked
package dev.sluice.api.testing;

import org.jspecify.annotations.NullMarked;
