/** What others are told about requests: access logs and metrics. */
@NullMarked
package dev.sluice.engine.observe;

import org.jspecify.annotations.NullMarked;
