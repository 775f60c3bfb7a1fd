/** The naming environment of an application, and the injection of its entries (Servlet 6.1, 15.5). */
@NullMarked
package dev.sluice.engine.naming;

import org.jspecify.annotations.NullMarked;
