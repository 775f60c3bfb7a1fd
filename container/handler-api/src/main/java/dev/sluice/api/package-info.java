/**
 * What a handler application compiles against: a handler takes a {@link dev.sluice.api.Request} and a
 * {@link dev.sluice.api.HandlerContext} and returns a {@link dev.sluice.api.Response}, all of them values.
 */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
