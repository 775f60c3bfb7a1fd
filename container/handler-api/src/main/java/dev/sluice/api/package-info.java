/** What a handler application compiles against: routes, requests, responses and the context of a request. */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
