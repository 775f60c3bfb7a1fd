/** Watches whether the class loaders of undeployed applications go away, and names who holds those that do not. */
@NullMarked
package dev.sluice.deploy.leak;

import org.jspecify.annotations.NullMarked;
