/** The immutable description of a web application: what web.xml, its fragments and annotations say, merged. */
@NullMarked
package dev.sluice.engine.descriptor;

import org.jspecify.annotations.NullMarked;
