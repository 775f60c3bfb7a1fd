/** The command line. */
@NullMarked
package dev.sluice.deploy.command;

import org.jspecify.annotations.NullMarked;
