/** Management listener: metrics, health and the management API. */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
