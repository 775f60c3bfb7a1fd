/** What the parts of a request may consist of, and which of them decide about its framing, whichever protocol carries it. */
@NullMarked
package dev.sluice.engine.http.grammar;

import org.jspecify.annotations.NullMarked;
