/** Life cycle of applications, configuration and the command line. */
@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
