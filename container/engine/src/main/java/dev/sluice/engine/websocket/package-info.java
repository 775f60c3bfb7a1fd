/** A handler application's WebSocket connections: messages in order on the application's lane, and what it sends. */
@NullMarked
package dev.sluice.engine.websocket;

import org.jspecify.annotations.NullMarked;
