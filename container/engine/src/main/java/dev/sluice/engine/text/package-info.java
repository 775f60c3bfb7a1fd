/** Text inside other text: what must be escaped where. */
@NullMarked
package dev.sluice.engine.text;

import org.jspecify.annotations.NullMarked;
