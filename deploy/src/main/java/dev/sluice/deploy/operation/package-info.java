/** What operators do to applications while the server runs: uploads that last, and operations that can be followed and cancelled. */
@NullMarked
package dev.sluice.deploy.operation;

import org.jspecify.annotations.NullMarked;
