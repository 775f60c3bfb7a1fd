/** Runs Sluice, as a process of its own, under Arquillian tests. */
@NullMarked
package dev.sluice.arquillian;

import org.jspecify.annotations.NullMarked;
