/** What in an application's class files lets two requests change the same object: static state, singletons, captured variables. */
@NullMarked
package dev.sluice.war.check;

import org.jspecify.annotations.NullMarked;
