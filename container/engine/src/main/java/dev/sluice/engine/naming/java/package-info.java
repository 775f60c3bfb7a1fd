/** The factory by which JNDI finds {@code java:} names: the one class of the engine that applications' class loaders can see. */
@NullMarked
package dev.sluice.engine.naming.java;

import org.jspecify.annotations.NullMarked;
