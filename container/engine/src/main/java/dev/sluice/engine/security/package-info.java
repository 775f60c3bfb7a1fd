/** Who may do what: constraints, authentication mechanisms and realms (Servlet 6.1, 13). */
@NullMarked
package dev.sluice.engine.security;

import org.jspecify.annotations.NullMarked;
