/** WebSocket frames and messages (RFC 6455) on an upgraded connection, by a state machine on its loop that holds no lock. */
@NullMarked
package dev.sluice.engine.http.websocket;

import org.jspecify.annotations.NullMarked;
