/** Who may do what on the management listener: roles, tokens, and the journal of what was changed. */
@NullMarked
package dev.sluice.deploy.access;

import org.jspecify.annotations.NullMarked;
